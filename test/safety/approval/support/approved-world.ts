import type { ExecutionId } from '../../../../src/model/ids.ts'
import type { Channel } from '../../../../src/model/decision.ts'
import { blocks, type DigestedPlan, type Plan } from '../../../../src/model/plan.ts'
import { ok } from '../../../../src/model/result.ts'
import { millis } from '../../../../src/model/time.ts'
import { workloadKey } from '../../../../src/model/workload.ts'
import type { PlanProposed } from '../../../../src/journal/event.ts'
import { digestPlan } from '../../../../src/safety/plan/digest-plan.ts'
import { makePlan } from '../../../../src/safety/plan/make-plan.ts'
import type { Policy } from '../../../../src/safety/policy/policy.ts'
import { strictestPolicy } from '../../../../src/safety/policy/strictest-policy.ts'
import { asked, decided, person, QUESTION, queued } from '../../../journal/support/events.ts'
import { world, type World } from '../../../journal/support/world.ts'
import { liveObject } from '../../support/live-object.ts'
import { memoryCluster } from '../../support/memory-cluster.ts'
import { rowOf, scanOf } from '../../support/scan-of.ts'
import { valueOf } from '../../support/value-of.ts'
import { wishOf } from '../../support/wish-of.ts'

/** A plan as the program makes it, of two workloads. */
export async function realPlan(policy: Policy = strictestPolicy): Promise<DigestedPlan> {
  const rows = [rowOf(), rowOf({ row: 2, name: 'api', uid: 'uid-2' })]
  const cluster = memoryCluster([liveObject(), liveObject({ name: 'api', uid: 'uid-2' })])
  return valueOf(await makePlan(wishOf(scanOf(rows), { policy }), cluster.ports))
}

export const withChange = ({ plan }: DigestedPlan, change: Partial<Plan>): DigestedPlan =>
  digestPlan({ ...plan, ...change })

/** What the program puts on record about a plan. */
export const factsOf = ({ plan, digest }: DigestedPlan): PlanProposed['facts'] => ({
  digest,
  purpose: 'change',
  from: 's-7k3m',
  clusterUid: plan.cluster.fingerprint.kubeSystemUid,
  clusterName: 'production',
  source: plan.cluster.source,
  requiredLevel: plan.requiredLevel,
  policyRevision: plan.policyRevision,
  blocked: plan.checks.some(blocks),
  openFor: millis(plan.expiresAt - plan.proposedAt),
  expiresAt: plan.expiresAt,
  steps: plan.steps.map(({ target }) => ({ workload: workloadKey(target), title: '' })),
})

export interface Spent extends Omit<World, 'plan'> {
  readonly id: ExecutionId
}
interface Twist {
  readonly channel?: Channel
  /** What is put on record about the plan, where it is not what the program would. */
  readonly facts?: Partial<PlanProposed['facts']>
  readonly stored?: unknown
  readonly deadline?: Plan['executionDeadline']
}

/** A journal in which a person approved the plan and the decision was spent. */
export async function spent(plan: DigestedPlan, twist: Twist = {}): Promise<Spent> {
  const { channel = 'terminal', facts = {}, stored = plan.plan, deadline = plan.plan.executionDeadline } = twist
  const made = world()
  const subject = plan.plan.id
  const { digest } = plan
  const id = 'x-2abc' as ExecutionId
  const event: PlanProposed = { kind: 'plan_proposed', subject, facts: { ...factsOf(plan), ...facts } }
  valueOf(await made.journal.append(() => ok({ drafts: [{ actor: person, event, payload: stored }], value: null })))
  await made.must(
    asked({ digest, channel }, subject),
    decided({ digest, channel, level: channel, question: QUESTION }, subject),
    queued({ plan: subject, digest, redeemedBy: 'command', tokenHash: null, deadline }, id),
  )
  return { ...made, id }
}
