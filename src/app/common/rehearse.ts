import type { CheckResult, Plan } from '../../model/plan.ts'
import type { Result } from '../../model/result.ts'
import { rehearsePlan } from '../../safety/plan/rehearse-plan.ts'
import type { AppPorts } from './app-ports.ts'
import { planPorts, stillTrue } from './still-true.ts'

/** What the API server says to a plan's requests now, when it is only asked to try them. Changes nothing. */
export async function rehearse(
  plan: Plan,
  ports: Pick<AppPorts, 'cluster' | 'journal' | 'actor'>,
): Promise<Result<readonly CheckResult[]>> {
  const current = await stillTrue(plan, ports)
  if (!current.ok) return current
  const cluster = await ports.cluster()
  return cluster.ok ? rehearsePlan(plan, planPorts(cluster.value)) : cluster
}
