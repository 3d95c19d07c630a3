import { makePlan } from '../../safety/plan/make-plan.ts'
import { DEFAULT_CHOICE, type FieldChoice, type PlanFrame } from '../../safety/plan/plan-wish.ts'
import { ok, type Result } from '../../model/result.ts'
import type { AppPorts } from '../common/app-ports.ts'
import { loadPlan, loadScan, type PlanView } from '../common/load.ts'
import { makePlanId } from '../common/make-id.ts'
import { policyNow } from '../common/policy-now.ts'
import { recordPlan } from '../common/record-plan.ts'
import { planPorts } from '../common/still-true.ts'

export interface PreviewRequest {
  readonly scan: string | undefined
  readonly rows: readonly number[]
  /** The fields that may change: the requests, unless said otherwise. An empty list is an error, never "all". */
  readonly only?: readonly FieldChoice[]
}

/** What every plan of ours carries, whatever it is for. */
export async function planFrame(ports: AppPorts): Promise<Result<PlanFrame>> {
  const policy = await policyNow(ports)
  if (!policy.ok) return policy
  const state = await ports.journal.state()
  if (!state.ok) return state
  const { actor: requester, settings, clock, random } = ports
  const id = makePlanId(state.value.plans, random)
  return ok({ policy: policy.value, requester, id, at: clock.now().wall, journalHead: state.value.head.hash, settings })
}

/** Turns chosen rows of a stored scan into a frozen plan that the API server has tried. Changes nothing. */
export async function previewChanges(request: PreviewRequest, ports: AppPorts): Promise<Result<PlanView>> {
  const scan = await loadScan(request.scan, ports)
  if (!scan.ok) return scan
  const access = await ports.cluster()
  if (!access.ok) return access
  const frame = await planFrame(ports)
  if (!frame.ok) return frame
  const { rows, only = DEFAULT_CHOICE } = request
  const wish = { ...frame.value, scan: scan.value, rows, only }
  const plan = await makePlan(wish, planPorts(access.value))
  if (!plan.ok) return plan
  const recorded = await recordPlan(plan.value, access.value, ports)
  return recorded.ok ? loadPlan(plan.value.plan.id, ports) : recorded
}
