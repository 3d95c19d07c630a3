import { whyNotOpen } from '../../journal/plan-transition.ts'
import type { CheckResult } from '../../model/plan.ts'
import { failed, ok, type Result } from '../../model/result.ts'
import type { AppPorts } from '../common/app-ports.ts'
import { loadPlan, type PlanView } from '../common/load.ts'
import { rehearse } from '../common/rehearse.ts'

export interface DryRun {
  readonly view: PlanView
  readonly checks: readonly CheckResult[]
}

/** Looks at the world under a plan and has the API server try its requests. Needs no decision and uses none up. */
export async function dryRunPlan(typed: string | undefined, ports: AppPorts): Promise<Result<DryRun>> {
  const view = await loadPlan(typed, ports)
  if (!view.ok) return view
  const closed = whyNotOpen(view.value.state, ports.clock.now())
  if (closed) return failed(closed)
  const checks = await rehearse(view.value.plan, ports)
  return checks.ok ? ok({ view: view.value, checks: checks.value }) : checks
}
