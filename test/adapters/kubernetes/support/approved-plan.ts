import { digestOf } from '../../../../src/model/hash.ts'
import type { ExecutionId, PlanId, QuestionId, ScanId } from '../../../../src/model/ids.ts'
import type { FrozenRequest, Plan, PlanStep, PlanTarget } from '../../../../src/model/plan.ts'
import { millis, wallMillis } from '../../../../src/model/time.ts'
import { type ApprovedPlan, approve } from '../../../../src/safety/approval/approved-plan.ts'

export interface StepSketch {
  readonly target: PlanTarget
  readonly request: FrozenRequest
  readonly undo?: FrozenRequest
}

const person = { kind: 'person', osUser: 'ada', host: 'test' } as const

/** A plan of these steps, approved by the real gate. */
export function approvedPlan(...sketches: readonly StepSketch[]): ApprovedPlan {
  const steps: PlanStep[] = sketches.map(({ target, request, undo = request }, index) => ({
    step: index + 1,
    wave: 1,
    target,
    changes: [],
    request,
    undo,
    podsAffected: 1,
    restart: true,
  }))
  const plan: Plan = {
    schema: 1,
    id: 'p-test' as PlanId,
    purpose: { kind: 'change', scan: 's-test' as ScanId, rows: [1] },
    cluster: {
      source: 'live',
      fingerprint: { kubeSystemUid: 'uid', apiOrigin: 'https://127.0.0.1', caHash: 'system', serverVersion: 'v1' },
    },
    steps,
    checks: [],
    verification: { soak: millis(1), rolloutDeadline: millis(1), undoOnFailure: true },
    leftOut: [],
    policyRevision: 'test',
    requiredLevel: 'terminal',
    evidenceDigest: '',
    journalHead: '',
    requester: person,
    proposedAt: wallMillis(0),
    expiresAt: wallMillis(1),
    executionDeadline: millis(1),
  }
  const digest = digestOf(plan)
  const decision = {
    plan: plan.id,
    digest,
    answer: 'approved',
    level: 'terminal',
    channel: 'terminal',
    question: 'q' as QuestionId,
    promptHash: '',
    trust: 'same-user',
    by: person,
  } as const
  return approve({ plan: { plan, digest }, decision, levelNow: 'terminal', execution: 'x-test' as ExecutionId })
}

/** A JSON patch of a Deployment's first container's CPU request. */
export const cpuPatch = (target: PlanTarget, cpu: string): FrozenRequest => ({
  method: 'PATCH',
  path: `/apis/apps/v1/namespaces/${target.namespace}/deployments/${target.name}?fieldManager=krr-mcp&fieldValidation=Strict`,
  contentType: 'application/json-patch+json',
  body: JSON.stringify([
    { op: 'test', path: '/metadata/uid', value: target.uid },
    { op: 'replace', path: '/spec/template/spec/containers/0/resources/requests/cpu', value: cpu },
  ]),
})
