import type { ClusterFingerprint } from '../../../src/model/cluster.ts'
import type { PlanId, ScanId } from '../../../src/model/ids.ts'
import type { DigestedPlan, PlanStep, Verification } from '../../../src/model/plan.ts'
import { minutes, wallMillis } from '../../../src/model/time.ts'
import { digestPlan } from '../../../src/safety/plan/digest-plan.ts'
import { VERIFICATION } from './objects.ts'

export const FINGERPRINT: ClusterFingerprint = {
  kubeSystemUid: 'uid-kube-system',
  apiOrigin: 'https://cluster.test',
  caHash: 'system',
  serverVersion: 'v1.36.0',
}

interface PlanSketch {
  readonly fingerprint?: ClusterFingerprint
  readonly verification?: Partial<Verification>
  readonly id?: string
}

/** A plan of these steps, as an approver would have seen it. */
export const planOf = (steps: readonly PlanStep[], { fingerprint, verification, id }: PlanSketch = {}): DigestedPlan =>
  digestPlan({
    schema: 1,
    id: (id ?? 'p-test') as PlanId,
    purpose: { kind: 'change', scan: 's-test' as ScanId, rows: steps.map(({ step }) => step) },
    cluster: { source: 'live', fingerprint: fingerprint ?? FINGERPRINT },
    steps,
    checks: [],
    verification: { ...VERIFICATION, ...verification },
    leftOut: [],
    policyRevision: 'r1',
    requiredLevel: 'terminal',
    evidenceDigest: '',
    journalHead: '0'.repeat(64),
    requester: { kind: 'agent', client: 'test', osUser: 'test' },
    proposedAt: wallMillis(0),
    expiresAt: wallMillis(0),
    executionDeadline: minutes(60),
  })
