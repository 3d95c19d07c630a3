import type { CheckResult, Plan } from '../../model/plan.ts'
import { ok, type Result } from '../../model/result.ts'
import { inParallel } from './in-parallel.ts'
import type { PlanPorts } from './plan-wish.ts'
import { proveStep } from './prove-step.ts'
import { softenForUndo } from './soften-for-undo.ts'

/** Has the API server try every request of a plan once more, without keeping anything. */
export async function rehearsePlan(plan: Plan, ports: PlanPorts): Promise<Result<readonly CheckResult[]>> {
  const results = await inParallel(plan.steps, async (step): Promise<Result<readonly CheckResult[]>> => {
    const object = await ports.objects.workload(step.target)
    return object.ok ? ok(await proveStep(object.value, step, ports)) : object
  })
  const checks: CheckResult[] = []
  for (const result of results) {
    if (!result.ok) return result
    checks.push(...result.value)
  }
  return ok(plan.purpose.kind === 'undo' ? checks.map((each) => softenForUndo(each)) : checks)
}
