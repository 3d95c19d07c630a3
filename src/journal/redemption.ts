import { isOver, type Moment } from '../model/moment.ts'
import { problem, type Problem } from '../model/problem.ts'
import { isFinal } from '../model/status.ts'
import type { ExecutionQueued } from './event.ts'
import { whyNotOpen } from './plan-transition.ts'
import type { JournalState, PlanState } from './state.ts'

interface Redemption {
  readonly facts: ExecutionQueued['facts']
  readonly at: Moment
}
const ASK_AGAIN = 'Call request_confirmation again for a new token, or make a new plan.'

function tokenProblem(
  phase: PlanState['phase'] & { kind: 'approved' },
  { facts, at }: Redemption,
): Problem | undefined {
  if (facts.redeemedBy === 'command') return undefined
  const { token } = phase
  // The token is random and stored as a hash only: who shows it was given it after a person's yes to this very plan.
  if (!token || token.hash !== facts.tokenHash)
    return problem('token_unknown', 'That confirmation token is not one of this plan.', ASK_AGAIN)
  if (isOver(token.mintedAt, at, token.validFor))
    return problem('token_expired', 'The confirmation token has expired.', ASK_AGAIN)
  return undefined
}

/** Workloads of executions that have not ended: two executions on one workload would undo each other. */
export function busyWorkloads(state: JournalState): ReadonlySet<string> {
  const running = [...state.executions.values()].filter((execution) => !isFinal(execution.status))
  return new Set(
    running.flatMap((execution) => state.plans.get(execution.plan)?.facts.steps.map((step) => step.workload) ?? []),
  )
}

/** Why a decision cannot be spent now; undefined when it can, once. */
export function redemptionProblem(state: JournalState, plan: PlanState, redemption: Redemption): Problem | undefined {
  const closed = whyNotOpen(plan, redemption.at)
  if (closed) return closed
  if (plan.phase.kind !== 'approved')
    return problem('not_approved', `Nobody has approved plan ${plan.id}.`, `Run: krr-mcp approve ${plan.id}`)
  if (redemption.facts.digest !== plan.facts.digest)
    return problem('not_approved', 'The approval is about another plan.', ASK_AGAIN)
  // A yes goes stale: what the person looked at may no longer be so.
  if (isOver(plan.phase.decidedAt, redemption.at, plan.phase.approvedFor))
    return problem('plan_expired', `The approval of ${plan.id} has expired.`, 'Make a new plan with preview_changes.')
  const token = tokenProblem(plan.phase, redemption)
  if (token) return token
  const busy = busyWorkloads(state)
  const taken = plan.facts.steps.find((step) => busy.has(step.workload))
  return (
    taken &&
    problem(
      'workload_busy',
      `Another execution is still working on ${taken.workload}.`,
      'Wait for it to end (get_execution), then apply again.',
    )
  )
}
