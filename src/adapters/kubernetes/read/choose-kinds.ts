import { problem } from '../../../model/problem.ts'
import { failed, ok, type Result } from '../../../model/result.ts'
import { WORKLOAD_KINDS, type WorkloadKind } from '../../../model/workload.ts'
import { plainText } from '../../../model/plain-text.ts'

/** The kinds that a scope names, whatever their case, in krr's order; none named = all. */
export function chooseKinds(named: readonly string[]): Result<readonly WorkloadKind[]> {
  // krr crashes on `*`; it can only mean all.
  if (named.length === 0 || named.includes('*')) return ok(WORKLOAD_KINDS)
  const wanted = new Set(named.map((kind) => kind.toLowerCase()))
  const unknown = named.find((kind) => !WORKLOAD_KINDS.some((known) => known.toLowerCase() === kind.toLowerCase()))
  if (unknown === undefined) return ok(WORKLOAD_KINDS.filter((kind) => wanted.has(kind.toLowerCase())))
  return failed(
    problem(
      'bad_setting',
      `There is no kind ${plainText(unknown, 60)}; the kinds are ${WORKLOAD_KINDS.join(', ')}.`,
      'Name one of these (in any case), or none for all of them.',
    ),
  )
}
