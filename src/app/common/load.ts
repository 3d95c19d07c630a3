import type { ExecutionId, PlanId, ScanId } from '../../model/ids.ts'
import type { DigestedPlan, Plan } from '../../model/plan.ts'
import type { Scan } from '../../model/recommendation.ts'
import { ok, type Result } from '../../model/result.ts'
import type { PlanStatus } from '../../model/status.ts'
import type { ExecutionState, PlanState } from '../../journal/state.ts'
import type { AppPorts } from './app-ports.ts'
import { completeScan } from './complete-scan.ts'
import { planStatus } from './plan-status.ts'
import { resolveId } from './resolve-id.ts'

type Reads = Pick<AppPorts, 'journal' | 'clock' | 'stateDir'>

/** A plan with its state and its whole text. */
export interface PlanView extends DigestedPlan {
  readonly state: PlanState
  readonly status: PlanStatus
}
/** An execution with the plan it carries out. */
export interface ExecutionView {
  readonly execution: ExecutionState
  readonly plan: Plan
  readonly clusterName: string
}

/** The scan of that id; omitted: the newest. */
export async function loadScan(typed: string | undefined, { journal, stateDir }: Reads): Promise<Result<Scan>> {
  const state = await journal.state()
  if (!state.ok) return state
  const id = resolveId<ScanId>(state.value.scans.keys(), { what: 'scan', typed, stateDir })
  if (!id.ok) return id
  const payload = await journal.payload(state.value.scans.get(id.value)?.payload ?? '')
  return payload.ok ? ok(completeScan(payload.value as Scan)) : payload
}

/** The plan of that id; omitted: the newest. */
export async function loadPlan(
  typed: string | undefined,
  { journal, stateDir, clock }: Reads,
): Promise<Result<PlanView>> {
  const state = await journal.state()
  if (!state.ok) return state
  const id = resolveId<PlanId>(state.value.plans.keys(), { what: 'plan', typed, stateDir })
  const plan = id.ok ? state.value.plans.get(id.value) : undefined
  if (!id.ok) return id
  if (!plan) throw new Error('resolved to an id that is not there')
  const payload = await journal.payload(plan.payload)
  if (!payload.ok) return payload
  return ok({
    state: plan,
    status: planStatus(plan, clock.now()),
    plan: payload.value as Plan,
    digest: plan.facts.digest,
  })
}

/** The execution of that id; omitted: the newest. */
export async function loadExecution(
  typed: string | undefined,
  { journal, stateDir }: Reads,
): Promise<Result<ExecutionView>> {
  const state = await journal.state()
  if (!state.ok) return state
  const id = resolveId<ExecutionId>(state.value.executions.keys(), { what: 'execution', typed, stateDir })
  if (!id.ok) return id
  const execution = state.value.executions.get(id.value)
  const plan = execution && state.value.plans.get(execution.plan)
  if (!execution || !plan) throw new Error('an execution without its plan')
  const payload = await journal.payload(plan.payload)
  return payload.ok ? ok({ execution, plan: payload.value as Plan, clusterName: plan.facts.clusterName }) : payload
}
