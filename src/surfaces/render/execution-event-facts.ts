import type { ExecutionEvent } from '../../journal/event.ts'
import { isoTime } from '../../model/time.ts'
import { plainText } from '../../model/plain-text.ts'
import { spanText } from './span-text.ts'
import type { FactTexts } from './plan-event-facts.ts'

interface Sent {
  readonly step: number
  readonly requestHash: string
}
interface Refused {
  readonly step: number
  readonly reason: string
  readonly message: string
}
const sent = ({ step, requestHash }: Sent): string => `step ${step}, request ${requestHash.slice(0, 12)}`
const refused = ({ step, reason, message }: Refused): string =>
  `step ${step}, ${plainText(reason, 40)}: ${plainText(message)}`
const audit = (id: string | null): string => (id === null ? '' : `, audit id ${plainText(id, 40)}`)

/** The facts worth a line, of executions. */
export const EXECUTION_FACTS: FactTexts<ExecutionEvent['kind']> = {
  execution_queued: ({ plan, redeemedBy, digest }) => `plan ${plan} by ${redeemedBy}, digest ${digest.slice(0, 12)}`,
  execution_claimed: ({ fence, pid, host }) => `fence ${fence}, process ${pid} on ${plainText(host, 80)}`,
  write_intended: sent,
  write_skipped: refused,
  write_taken: ({ step, auditId, generation }) =>
    `step ${step}${generation === null ? '' : `, generation ${generation}`}${audit(auditId)}`,
  write_refused: refused,
  undo_rehearsed: ({ step, accepted, message }) =>
    `step ${step}, ${accepted ? 'accepted' : `not accepted: ${plainText(message)}`}`,
  wave_started: ({ wave }) => `wave ${wave}`,
  soak_started: ({ until }) => `until ${isoTime(until)}`,
  tier_judged: ({ step, tier, passed, cause, tookMs, message }) =>
    `step ${step}, ${tier} ${passed ? 'passed' : 'FAILED'} after ${spanText(tookMs)}${cause === null ? '' : ` (${cause})`}: ${plainText(message)}`,
  rollback_started: ({ why }) => plainText(why),
  undo_intended: sent,
  undo_taken: ({ step, auditId }) => `step ${step}${audit(auditId)}`,
  undo_refused: refused,
  undo_settled: ({ step, complete, message }) =>
    `step ${step}, ${complete ? 'complete' : 'not complete'}: ${plainText(message)}`,
  stop_requested: () => '',
  execution_ended: ({ status, why }) => `${status}: ${plainText(why)}`,
}
