import type { CheckResult } from '../../model/plan.ts'
import { ok, type Result } from '../../model/result.ts'
import { planOfToken } from '../../safety/confirmation/token.ts'
import type { AppPorts } from '../common/app-ports.ts'
import { loadPlan, type ExecutionView, type PlanView } from '../common/load.ts'
import { rehearse } from '../common/rehearse.ts'
import { spend } from '../common/spend.ts'

export interface ApplyRequest {
  readonly token: string
  /** True unless the caller says otherwise: a dry run does not use up the token. */
  readonly dryRun: boolean
}
export type Applied =
  | { readonly kind: 'dry_run'; readonly view: PlanView; readonly checks: readonly CheckResult[] }
  | { readonly kind: 'queued'; readonly execution: ExecutionView }

/**
 * Redeems the token of a plan that a person approved: records the execution, starts the worker, and returns. This side
 * writes nothing to the cluster, and has no code that could.
 */
export async function applyPlan({ token, dryRun }: ApplyRequest, ports: AppPorts): Promise<Result<Applied>> {
  const state = await ports.journal.state()
  if (!state.ok) return state
  const plan = planOfToken(state.value, token)
  if (!plan.ok) return plan
  const view = await loadPlan(plan.value.id, ports)
  if (!view.ok) return view
  if (dryRun) return tryOut(view.value, ports)
  const spent = await spend(view.value, { by: 'token', token }, ports)
  return spent.ok ? ok({ kind: 'queued', execution: spent.value }) : spent
}

async function tryOut(view: PlanView, ports: AppPorts): Promise<Result<Applied>> {
  const checks = await rehearse(view.plan, ports)
  return checks.ok ? ok({ kind: 'dry_run', view, checks: checks.value }) : checks
}
