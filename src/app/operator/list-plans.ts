import { ok, type Result } from '../../model/result.ts'
import type { PlanStatus } from '../../model/status.ts'
import type { PlanState } from '../../journal/state.ts'
import type { AppPorts } from '../common/app-ports.ts'
import { planStatus } from '../common/plan-status.ts'

export interface ListedPlan {
  readonly plan: PlanState
  readonly status: PlanStatus
}

/** All plans, the newest first. */
export async function listPlans({
  journal,
  clock,
}: Pick<AppPorts, 'journal' | 'clock'>): Promise<Result<readonly ListedPlan[]>> {
  const state = await journal.state()
  if (!state.ok) return state
  const now = clock.now()
  return ok([...state.value.plans.values()].reverse().map((plan) => ({ plan, status: planStatus(plan, now) })))
}
