import type { Problem } from '../model/problem.ts'
import { problem } from '../model/problem.ts'
import { failed, type Failed } from '../model/result.ts'
import type { ExecutionState, JournalState, PlanState, PolicyState, ScanState } from './state.ts'

/** What one entry changes in the state. */
export interface Change {
  readonly scan?: ScanState
  readonly policy?: PolicyState
  readonly plan?: PlanState
  readonly execution?: ExecutionState
}

export function applyChange(state: JournalState, change: Change): void {
  if (change.scan) state.scans.set(change.scan.id, change.scan)
  if (change.policy) state.policy = change.policy
  if (change.plan) state.plans.set(change.plan.id, change.plan)
  if (change.execution) state.executions.set(change.execution.id, change.execution)
}

/** A step that the rules do not know. Reaching one is either a race that was lost or an attempt to go round the rules. */
export const illegal = (message: string): Failed<Problem> =>
  failed(problem('illegal_transition', message, 'Look at the plan again (`krr-mcp show`): its state has changed.'))
