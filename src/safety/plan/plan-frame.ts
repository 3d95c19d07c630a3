import type { Plan, PlanStep } from '../../model/plan.ts'
import { wallMillis } from '../../model/time.ts'
import { levelFor } from '../policy/level-for.ts'
import type { PlanFrame } from './plan-wish.ts'

type Framed = Omit<Plan, 'purpose' | 'cluster' | 'checks' | 'leftOut' | 'evidenceDigest' | 'evidenceAt'>

/** The part of a plan that does not depend on its purpose. */
export function planFrame(frame: PlanFrame, steps: readonly PlanStep[]): Framed {
  const { id, at, policy, settings, journalHead, requester } = frame
  const { soak, rolloutDeadline, undoOnFailure, openFor, executionDeadline } = settings
  const namespaces = steps.map((step) => step.target.namespace)
  return {
    schema: 1,
    id,
    steps,
    verification: { soak, rolloutDeadline, undoOnFailure },
    policyRevision: policy.revision,
    requiredLevel: levelFor(policy, namespaces),
    journalHead,
    requester,
    proposedAt: at,
    expiresAt: wallMillis(at + openFor),
    executionDeadline,
  }
}
