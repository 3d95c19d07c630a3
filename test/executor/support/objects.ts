import type { JsonObject } from '../../../src/model/json.ts'
import type { PlanStep } from '../../../src/model/plan.ts'
import { millis, wallMillis } from '../../../src/model/time.ts'
import { freezeRequest } from '../../../src/safety/plan/freeze-request.ts'
import { freezeUndo } from '../../../src/safety/plan/freeze-undo.ts'
import type { ContainerChange, FieldChange, PlanTarget, Verification } from '../../../src/model/plan.ts'
import type { PlanId } from '../../../src/model/ids.ts'
import type { Expectation } from '../../../src/executor/verify/expectation.ts'
import type { Look } from '../../../src/executor/verify/look.ts'
import type { StepBaseline } from '../../../src/executor/verify/step-baseline.ts'

export interface Resources {
  readonly requests?: Readonly<Record<string, string>>
  readonly limits?: Readonly<Record<string, string>>
}
const json = (resources: Resources): JsonObject => resources as JsonObject

export const OLD: Resources = { requests: { cpu: '100m', memory: '128Mi' }, limits: { memory: '256Mi' } }
export const NEW: Resources = { requests: { cpu: '200m', memory: '64Mi' }, limits: { memory: '64Mi' } }

export interface WorkloadSketch {
  readonly kind?: PlanTarget['kind']
  readonly name?: string
  readonly resources?: Resources
  readonly replicas?: number
  readonly generation?: number
  readonly spec?: JsonObject
  readonly status?: JsonObject
  readonly image?: string
  readonly managedFields?: readonly JsonObject[]
}

/** A workload of one container `app`, as an API server has it; its uid is `uid-<name>`. */
export function workload(sketch: WorkloadSketch = {}): JsonObject {
  const { kind = 'Deployment', name = 'web', resources = OLD, replicas = 2, generation = 1 } = sketch
  return {
    apiVersion: 'apps/v1',
    kind,
    metadata: {
      name,
      namespace: 'shop',
      uid: `uid-${name}`,
      generation,
      annotations: { 'deployment.kubernetes.io/revision': '1' },
      ...(sketch.managedFields && { managedFields: sketch.managedFields }),
    },
    spec: {
      ...(kind !== 'DaemonSet' && { replicas }),
      selector: { matchLabels: { app: name } },
      template: {
        metadata: { labels: { app: name } },
        spec: { containers: [{ name: 'app', image: sketch.image ?? 'app:1', resources: json(resources) }] },
      },
      ...sketch.spec,
    },
    status: { observedGeneration: generation, ...sketch.status },
  }
}

/** How one field of `resources` changes; nothing where it does not. */
function fieldChanges(before: Resources, after: Resources): readonly FieldChange[] {
  return (['requests', 'limits'] as const).flatMap((part) =>
    (['cpu', 'memory'] as const).flatMap((resource): FieldChange[] => {
      const [old, fresh] = [before[part]?.[resource] ?? null, after[part]?.[resource] ?? null]
      return old === fresh ? [] : [{ part, resource, before: old, after: fresh, why: 'recommended' }]
    }),
  )
}

export interface StepSketch {
  readonly step?: number
  readonly wave?: number
  readonly after?: Resources
}

/** A step of a plan for a workload as it is now, with the bytes that the real plan maker would freeze. */
export function stepFor(object: JsonObject, { step = 1, wave = 1, after = NEW }: StepSketch = {}): PlanStep {
  const { kind, metadata, spec } = object as unknown as {
    readonly kind: PlanTarget['kind']
    readonly metadata: { readonly name: string; readonly namespace: string; readonly uid: string }
    readonly spec: { readonly template: { readonly spec: { readonly containers: readonly Container[] } } }
  }
  const [container] = spec.template.spec.containers
  if (!container) throw new Error('the workload has no container')
  const { name, namespace, uid } = metadata
  const target: PlanTarget = { kind, name, namespace, uid }
  const change: ContainerChange = {
    container: container.name,
    index: 0,
    image: container.image,
    before: json(container.resources),
    after: json(after),
    fields: fieldChanges(container.resources, after),
  }
  const changes = [change]
  const mark = { plan: 'p-test' as PlanId, journalHead: '0'.repeat(64), at: wallMillis(0) }
  const request = freezeRequest(object, { target, changes }, mark)
  return { step, wave, target, changes, request, undo: freezeUndo({ target, changes }), podsAffected: 2, restart: true }
}
interface Container {
  readonly name: string
  readonly image: string
  readonly resources: Resources
}

export const BASELINE: StepBaseline = {
  takenAt: wallMillis(0),
  replicas: 2,
  ready: 2,
  generation: 1,
  revision: '1',
  restarts: {},
  troubles: [],
  replicaSet: { name: 'web-old', uid: 'uid-web-old' },
}

/** What a step that was written to `workload()` is measured against. */
export function expectation(more: Partial<Expectation> = {}): Expectation {
  const written = workload({ resources: NEW, generation: 2 }) as { readonly spec: { readonly template: JsonObject } }
  return { step: stepFor(workload()), baseline: BASELINE, template: written.spec.template, generation: 2, ...more }
}

export interface PodSketch {
  readonly name?: string
  readonly hash?: string
  readonly owner?: string
  readonly resources?: Resources
  readonly ready?: boolean
  readonly phase?: string
  readonly reason?: string
  readonly deleted?: boolean
  readonly restarts?: number
  readonly state?: JsonObject
  readonly lastState?: JsonObject
  readonly conditions?: readonly JsonObject[]
  readonly label?: string
}

/** A pod of the new ReplicaSet, running and ready unless it is said otherwise. */
export function pod(sketch: PodSketch = {}): JsonObject {
  const { name, hash, owner, label, phase, deleted, reason, resources } = { ...PLAIN_POD, ...sketch }
  return {
    metadata: {
      name,
      namespace: 'shop',
      uid: `uid-${name}`,
      labels: { app: 'web', [label]: hash },
      ownerReferences: [{ uid: owner, controller: true }],
      ...(deleted && { deletionTimestamp: '2026-11-24T12:00:00Z' }),
    },
    spec: { containers: [{ name: 'app', image: 'app:1', resources: json(resources) }] },
    status: { phase, ...(reason && { reason }), ...podStatus({ ...PLAIN_POD, ...sketch }) },
  }
}

const PLAIN_POD: Required<PodSketch> = {
  name: 'web-new-1',
  hash: 'new',
  owner: 'uid-web-new',
  label: 'pod-template-hash',
  resources: NEW,
  ready: true,
  phase: 'Running',
  reason: '',
  deleted: false,
  restarts: 0,
  state: { running: {} },
  lastState: {},
  conditions: [],
}

const podStatus = ({ ready, restarts, state, lastState, conditions }: Required<PodSketch>): JsonObject => ({
  conditions: [{ type: 'Ready', status: ready ? 'True' : 'False' }, ...conditions],
  containerStatuses: [{ name: 'app', ready, restartCount: restarts, state, lastState }],
})

/** A ReplicaSet of `workload()`, made from a template with these resources. */
export function replicaSet(hash: string, resources: Resources, status: JsonObject = {}): JsonObject {
  const { spec } = workload({ resources }) as { readonly spec: { readonly template: JsonObject } }
  return {
    metadata: {
      name: `web-${hash}`,
      uid: `uid-web-${hash}`,
      labels: { app: 'web', 'pod-template-hash': hash },
      ownerReferences: [{ uid: 'uid-web', controller: true }],
    },
    spec: {
      template: { ...spec.template, metadata: { labels: { app: 'web', 'pod-template-hash': hash } } },
    },
    status,
  }
}

/** A Deployment whose change has rolled out, seen whole: two ready pods of the new revision. */
export function settledLook(more: Partial<Look> = {}): Look {
  const status = { replicas: 2, updatedReplicas: 2, readyReplicas: 2, availableReplicas: 2 }
  return {
    workload: workload({ resources: NEW, generation: 2, status }),
    revisions: [replicaSet('old', OLD), replicaSet('new', NEW)],
    pods: [pod(), pod({ name: 'web-new-2' })],
    ...more,
  }
}

export const VERIFICATION: Verification = { soak: millis(10_000), rolloutDeadline: millis(60_000), undoOnFailure: true }
