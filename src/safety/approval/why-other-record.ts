import type { ExecutionState, PlanState } from '../../journal/state.ts'
import type { Plan } from '../../model/plan.ts'
import { workloadKey } from '../../model/workload.ts'

/**
 * How the journal's own facts about a plan differ from the plan that was shown; undefined when they do not. The rules of
 * the journal know only those facts: a record with more time, or with other workloads, would bend them under a true yes.
 */
export function whyOtherRecord(
  plan: Plan,
  { facts }: PlanState,
  { deadline }: Pick<ExecutionState, 'deadline'>,
): string | undefined {
  if (deadline !== plan.executionDeadline) return 'The record gives the execution another deadline than the plan.'
  if (facts.openFor !== plan.expiresAt - plan.proposedAt)
    return 'The record says that the plan was open for another time than the plan does.'
  const workloads = plan.steps.map(({ target }) => workloadKey(target))
  const recorded = facts.steps.map(({ workload }) => workload)
  return workloads.length === recorded.length && workloads.every((each, at) => each === recorded[at])
    ? undefined
    : 'The record names other workloads than the plan.'
}
