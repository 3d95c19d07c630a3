import { makeUndoPlan } from '../../safety/plan/make-undo-plan.ts'
import type { Result } from '../../model/result.ts'
import type { AppPorts } from '../common/app-ports.ts'
import { loadExecution, loadPlan, type PlanView } from '../common/load.ts'
import { recordPlan } from '../common/record-plan.ts'
import { planPorts } from '../common/still-true.ts'
import { planFrame } from './preview.ts'

/** A reverse plan that restores what an execution changed. It needs a decision of its own, like any plan. */
export async function planRollback(typed: string | undefined, ports: AppPorts): Promise<Result<PlanView>> {
  const done = await loadExecution(typed, ports)
  if (!done.ok) return done
  const access = await ports.cluster()
  if (!access.ok) return access
  const frame = await planFrame(ports)
  if (!frame.ok) return frame
  const { execution, plan } = done.value
  const forward = { plan, digest: execution.digest }
  const steps = execution.steps
    .filter((step) => step.write === 'taken' && step.undo !== 'taken')
    .map((step) => step.step)
  const wish = { ...frame.value, forward, execution: execution.id, written: steps }
  const undo = await makeUndoPlan(wish, planPorts(access.value))
  if (!undo.ok) return undo
  const recorded = await recordPlan(undo.value, access.value, ports)
  return recorded.ok ? loadPlan(undo.value.plan.id, ports) : recorded
}
