import { failed, ok, type Result } from '../../../model/result.ts'
import { WORKLOAD_KINDS, type WorkloadKind } from '../../../model/workload.ts'

/** A kind of workload, whatever its case. */
export function parseKind(text: string): Result<WorkloadKind, string> {
  const typed = text.trim().toLowerCase()
  const kind = WORKLOAD_KINDS.find((each) => each.toLowerCase() === typed)
  return kind ? ok(kind) : failed(`The kinds are ${WORKLOAD_KINDS.join(', ')}.`)
}
