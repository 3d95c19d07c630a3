import type { Cluster } from '../../model/cluster.ts'
import { blocks, type DigestedPlan } from '../../model/plan.ts'
import { ok, type Result } from '../../model/result.ts'
import { millis } from '../../model/time.ts'
import { workloadKey, workloadPath } from '../../model/workload.ts'
import type { PlanProposed } from '../../journal/event.ts'
import type { PlanState } from '../../journal/state.ts'
import type { AppPorts } from './app-ports.ts'

function proposal({ plan, digest }: DigestedPlan, clusterName: string): PlanProposed {
  const { purpose, cluster, requiredLevel, policyRevision, expiresAt, proposedAt } = plan
  return {
    kind: 'plan_proposed',
    subject: plan.id,
    facts: {
      digest,
      purpose: purpose.kind,
      from: purpose.kind === 'change' ? purpose.scan : purpose.execution,
      clusterUid: cluster.fingerprint.kubeSystemUid,
      clusterName,
      source: cluster.source,
      requiredLevel,
      policyRevision,
      blocked: plan.checks.some(blocks),
      openFor: millis(expiresAt - proposedAt),
      expiresAt,
      steps: plan.steps.map(({ target }) => ({
        workload: workloadKey(target),
        title: `${target.namespace} ${workloadPath(target)}`,
      })),
    },
  }
}

/** Puts a plan on record; from here on it cannot change. */
export async function recordPlan(
  plan: DigestedPlan,
  cluster: Pick<Cluster, 'name'>,
  { journal, actor }: AppPorts,
): Promise<Result<PlanState>> {
  const event = proposal(plan, cluster.name)
  const appended = await journal.append(() => ok({ drafts: [{ actor, event, payload: plan.plan }], value: null }))
  if (!appended.ok) return appended
  const state = await journal.state()
  if (!state.ok) return state
  const recorded = state.value.plans.get(plan.plan.id)
  if (!recorded) throw new Error('a plan that was appended is not in the state')
  return ok(recorded)
}
