import type { Result } from '../../model/result.ts'
import { refuse } from '../../safety/confirmation/refuse.ts'
import type { AppPorts } from '../common/app-ports.ts'
import { loadPlan, type PlanView } from '../common/load.ts'

/** A person's no. Final for the plan; it also takes back a yes that was not used yet. */
export async function refusePlan(typed: string | undefined, ports: AppPorts): Promise<Result<PlanView>> {
  const view = await loadPlan(typed, ports)
  if (!view.ok) return view
  const refused = await refuse(view.value.plan.id, ports.actor, ports.journal)
  return refused.ok ? loadPlan(view.value.plan.id, ports) : refused
}
