import type { Plan } from '../../model/plan.ts'
import { problem } from '../../model/problem.ts'
import { failed, ok, type Result } from '../../model/result.ts'
import { BY_IDENTITY_ALONE, sameCluster } from '../../safety/plan/same-cluster.ts'
import { whatMoved } from '../../safety/plan/what-moved.ts'
import type { PlanPorts } from '../../safety/plan/plan-wish.ts'
import type { AppPorts, ClusterAccess } from './app-ports.ts'

export const planPorts = ({ reader, dryRunner }: ClusterAccess): PlanPorts => ({ objects: reader, dryRunner })

/** Whether `cluster` is the one that the plan was made for: a repointed kubeconfig must not send a yes somewhere else. */
export async function planCluster(plan: Plan, cluster: ClusterAccess): Promise<Result<null>> {
  // A DEMO approval means nothing anywhere else.
  if (plan.cluster.source !== cluster.source)
    return failed(
      problem(
        'other_cluster',
        `Plan ${plan.id} was made for a ${plan.cluster.source} cluster; this is a ${cluster.source} one.`,
        'Make a new scan and plan here.',
      ),
    )
  const keys = plan.purpose.kind === 'undo' ? [BY_IDENTITY_ALONE] : []
  const same = await sameCluster(plan.cluster.fingerprint, planPorts(cluster), ...keys)
  return same.ok ? ok(null) : same
}

/** Whether everything under the plan is as it was. A plan that no longer is is put on record as stale. */
export async function stillTrue(
  plan: Plan,
  ports: Pick<AppPorts, 'cluster' | 'journal' | 'actor'>,
): Promise<Result<null>> {
  const cluster = await ports.cluster()
  if (!cluster.ok) return cluster
  const same = await planCluster(plan, cluster.value)
  if (!same.ok) return same
  const moved = await whatMoved(plan, planPorts(cluster.value))
  if (!moved.ok) return moved
  if (moved.value === null) return ok(null)
  const why = moved.value
  const { journal, actor } = ports
  const recorded = await journal.append(() =>
    ok({ drafts: [{ actor, event: { kind: 'plan_stale', subject: plan.id, facts: { why } } }], value: null }),
  )
  if (!recorded.ok) return recorded
  return failed(
    problem(
      'plan_stale',
      `Plan ${plan.id} is stale: ${why}`,
      'Make a new plan with preview_changes, from a fresh scan.',
    ),
  )
}
