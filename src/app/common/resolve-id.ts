import { normalId } from '../../model/ids.ts'
import { problem } from '../../model/problem.ts'
import { failed, ok, type Result } from '../../model/result.ts'

export interface Sought {
  /** `scan`, `plan`, `execution`. */
  readonly what: string
  readonly typed: string | undefined
  /** Said when nothing is found: which journal was searched. */
  readonly stateDir: string
}

/** An id as people type it: case-blind, a unique prefix is enough, with or without its letter. Omitted: the newest. */
export function resolveId<Id extends string>(known: Iterable<Id>, { what, typed, stateDir }: Sought): Result<Id> {
  const ids = [...known]
  const wanted = typed === undefined ? undefined : normalId(typed)
  const fits = (id: Id): boolean => id === wanted || id.startsWith(wanted ?? '') || id.slice(2).startsWith(wanted ?? '')
  // Nothing typed is not "any": an empty variable in a script must not choose the only plan there is.
  const found = wanted === undefined ? ids.slice(-1) : wanted === '' ? [] : ids.filter(fits)
  const exact = found.find((id) => id === wanted) ?? found[0]
  if (exact === undefined)
    return failed(
      problem(
        'unknown_id',
        wanted === undefined
          ? `There is no ${what} yet in ${stateDir}.`
          : `There is no ${what} "${wanted.slice(0, 40)}" in ${stateDir}.`,
        `Check the id, or the state directory (--state-dir): each has its own journal.`,
      ),
    )
  if (found.length > 1 && exact !== wanted)
    return failed(
      problem(
        'ambiguous_id',
        `"${wanted}" fits ${found.length} ${what}s: ${found.slice(0, 5).join(', ')}.`,
        'Type more of the id.',
      ),
    )
  return ok(exact)
}
