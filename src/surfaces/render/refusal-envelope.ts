import type { Problem, ProblemReason } from '../../model/problem.ts'
import type { Status } from '../../model/status.ts'
import type { Envelope } from './envelope.ts'
import { plainText } from '../../model/plain-text.ts'

/**
 * What is a result and what an error: waiting, refused, blocked, stale and expired are results, with their status word;
 * everything that is not listed here could not be carried out, and is an error.
 */
const RESULTS: Partial<Record<ProblemReason, Status>> = {
  plan_refused: 'refused',
  plan_stale: 'stale',
  plan_expired: 'expired',
  plan_applied: 'applied',
  plan_blocked: 'blocked',
  plan_not_open: 'proposed',
  not_approved: 'proposed',
  policy_not_adopted: 'blocked',
  level_not_available: 'blocked',
  workload_busy: 'blocked',
  scan_not_plannable: 'blocked',
  other_cluster: 'blocked',
  nothing_to_change: 'done',
  not_undoable: 'blocked',
}

/** A refusal as a result; undefined when it is an error. */
export function refusalEnvelope({ reason, message, next }: Problem): Envelope | undefined {
  const status = RESULTS[reason]
  if (status === undefined) return undefined
  return {
    status,
    headline: plainText(message, 1000),
    cluster: null,
    changed_cluster: reason === 'plan_applied' ? 'unknown' : 'no',
    next: [],
    data: { reason, what_to_do: plainText(next, 500) },
  }
}
