import { isOver, type Moment } from '../../model/moment.ts'
import type { PlanStatus } from '../../model/status.ts'
import { isLive } from '../../journal/plan-transition.ts'
import type { PlanState } from '../../journal/state.ts'

/** The status word of a plan, as of now: expiry is a matter of time, not of an entry. */
export function planStatus(plan: PlanState, now: Moment): PlanStatus {
  const { phase } = plan
  if (phase.kind === 'blocked' || phase.kind === 'refused' || phase.kind === 'stale' || phase.kind === 'applied')
    return phase.kind
  if (isOver(plan.proposedAt, now, plan.facts.openFor)) return 'expired'
  if (phase.kind === 'approved') return isOver(phase.decidedAt, now, phase.approvedFor) ? 'expired' : 'approved'
  return phase.question && isLive(phase.question, now) ? 'waiting_for_human' : 'proposed'
}
