import { canonicalJson } from '../../../src/model/canonical-json.ts'
import { countAt, listAt, objectAt } from '../../../src/executor/field.ts'
import type { JsonObject } from '../../../src/model/json.ts'
import { workload, type Resources } from './objects.ts'

export type Fate = 'fine' | 'oom' | 'crash' | 'never_ready' | 'unschedulable' | 'image' | 'quota' | 'restarts_later'
/** What becomes of pods that run with these resources. */
export type Behaviour = (resources: Resources) => Fate

const OBSERVED_AFTER = 400
const READY_AFTER = 2_500
const HURT_AFTER = 1_500
const RESTARTS_AFTER = 9_000

interface Revision {
  readonly hash: string
  readonly template: JsonObject
  /** Since when its pods are there. */
  since: number
  number: number
}

/** One Deployment of two pods or so, whose controller replaces all pods once the new ones are ready. */
export class ToyDeployment {
  readonly #name: string
  readonly #behaviour: Behaviour
  #object: JsonObject
  #changedAt = -60_000
  #revisions: Revision[] = []
  #rollouts = 0

  constructor(name: string, { replicas, behaviour }: { readonly replicas: number; readonly behaviour: Behaviour }) {
    this.#name = name
    this.#behaviour = behaviour
    this.#object = workload({ name, replicas })
    this.#roll(-60_000)
  }

  /** As the API server would answer now. */
  object(now: number): JsonObject {
    const observed = now - this.#changedAt >= OBSERVED_AFTER
    const { metadata, spec } = this.#object as { metadata: JsonObject; spec: JsonObject }
    const generation = metadata['generation'] as number
    const annotations = {
      ...(metadata['annotations'] as object),
      'deployment.kubernetes.io/revision': String(this.#current.number),
    }
    const status = observed ? this.#status(now) : { ...this.#status(now), observedGeneration: generation - 1 }
    return structuredClone({ ...this.#object, metadata: { ...metadata, annotations }, spec, status })
  }

  /** Takes a whole object over, as a patch of anybody's would leave it. */
  store(object: JsonObject, now: number): void {
    const before = canonicalJson(this.#object['spec'])
    const metadata = object['metadata'] as JsonObject
    const same = canonicalJson(object['spec']) === before
    const generation = (metadata['generation'] as number) + (same ? 0 : 1)
    this.#object = { ...object, metadata: { ...metadata, generation } }
    if (same) return
    this.#changedAt = now
    if (canonicalJson(this.#template) !== canonicalJson(this.#current.template)) this.#roll(now)
  }

  /** What somebody else would do with `kubectl`. */
  edit(now: number, change: (object: JsonObject) => JsonObject): void {
    this.store(change(this.object(now)), now)
  }

  replicaSets(): readonly JsonObject[] {
    return this.#revisions.map((revision) => ({
      metadata: {
        name: `${this.#name}-${revision.hash}`,
        uid: this.#setUid(revision),
        labels: { app: this.#name, 'pod-template-hash': revision.hash },
        annotations: { 'deployment.kubernetes.io/revision': String(revision.number) },
        ownerReferences: [{ uid: `uid-${this.#name}`, controller: true }],
      },
      spec: { template: this.#withHash(revision) },
      status: this.#fate(revision) === 'quota' ? { conditions: [QUOTA] } : {},
    }))
  }

  pods(now: number): readonly JsonObject[] {
    const wanted = this.#replicas
    const current = this.#current
    const old = this.#revisions.filter((each) => each !== current).sort((a, b) => b.number - a.number)[0]
    const replaced = this.#isReady(current, now) || old === undefined
    const made = this.#fate(current) === 'quota' || now - this.#changedAt < OBSERVED_AFTER ? 0 : wanted
    return [...this.#podsOf(current, made, now), ...(replaced || !old ? [] : this.#podsOf(old, wanted, now))]
  }

  get #template(): JsonObject {
    return (this.#object['spec'] as JsonObject)['template'] as JsonObject
  }
  get #replicas(): number {
    return (this.#object['spec'] as JsonObject)['replicas'] as number
  }
  get #current(): Revision {
    const found = this.#revisions.toSorted((a, b) => b.number - a.number)[0]
    if (!found) throw new Error('no revision')
    return found
  }

  /** A template that was there before brings its ReplicaSet back. */
  #roll(now: number): void {
    this.#rollouts += 1
    const template = structuredClone(this.#template)
    const known = this.#revisions.find((each) => canonicalJson(each.template) === canonicalJson(template))
    if (known) {
      known.number = this.#rollouts
      known.since = now
    } else this.#revisions.push({ hash: `h${this.#rollouts}`, template, since: now, number: this.#rollouts })
  }

  #fate({ template }: Revision): Fate {
    const [container] = listAt(template, ['spec', 'containers'])
    return this.#behaviour(objectAt(container, ['resources']))
  }
  #isReady(revision: Revision, now: number): boolean {
    const fate = this.#fate(revision)
    return now - revision.since >= READY_AFTER && (fate === 'fine' || fate === 'restarts_later')
  }
  #setUid = (revision: Revision): string => `uid-${this.#name}-${revision.hash}`

  #withHash({ template, hash }: Revision): JsonObject {
    const metadata = template['metadata'] as { labels: JsonObject }
    return { ...template, metadata: { ...metadata, labels: { ...metadata.labels, 'pod-template-hash': hash } } }
  }

  #status(now: number): JsonObject {
    const all = this.pods(now)
    const updated = all.filter((pod) => hashOf(pod) === this.#current.hash)
    const ready = updated.filter(isReady).length
    return {
      observedGeneration: countAt(this.#object, ['metadata', 'generation']),
      replicas: all.length,
      updatedReplicas: updated.length,
      readyReplicas: all.filter(isReady).length,
      availableReplicas: all.length === updated.length ? ready : all.filter(isReady).length,
    }
  }

  #podsOf(revision: Revision, count: number, now: number): readonly JsonObject[] {
    return Array.from({ length: count }, (_, index) => this.#pod(revision, index, now))
  }

  #pod(revision: Revision, index: number, now: number): JsonObject {
    const name = `${this.#name}-${revision.hash}-${revision.number}-${index}`
    const container = (revision.template['spec'] as { containers: readonly JsonObject[] }).containers[0]
    const fate = this.#fate(revision)
    const ready = this.#isReady(revision, now)
    const unplaced = fate === 'unschedulable'
    return {
      metadata: {
        name,
        uid: `uid-${name}`,
        labels: { app: this.#name, 'pod-template-hash': revision.hash },
        ownerReferences: [{ uid: this.#setUid(revision), controller: true }],
      },
      spec: { containers: [container ?? {}] },
      status: {
        phase: unplaced || fate === 'image' ? 'Pending' : 'Running',
        conditions: [{ type: 'Ready', status: ready ? 'True' : 'False' }, ...(unplaced ? [NO_ROOM] : [])],
        containerStatuses: unplaced ? [] : [{ name: 'app', ready, ...containerState(fate, now - revision.since) }],
      },
    }
  }
}

const QUOTA = { type: 'ReplicaFailure', status: 'True', reason: 'FailedCreate', message: 'exceeded quota' }
const NO_ROOM = {
  type: 'PodScheduled',
  status: 'False',
  reason: 'Unschedulable',
  message: '0/3 nodes are available: 3 Insufficient memory.',
}
const hashOf = (pod: JsonObject): unknown =>
  (pod as { metadata: { labels: JsonObject } }).metadata.labels['pod-template-hash']
const isReady = (pod: JsonObject): boolean =>
  (pod as { status: { conditions: readonly { status: string }[] } }).status.conditions[0]?.status === 'True'

function containerState(fate: Fate, age: number): JsonObject {
  const running = { state: { running: {} }, lastState: {}, restartCount: 0 }
  if (fate === 'image') return { ...running, state: { waiting: { reason: 'ErrImagePull' } } }
  if (fate === 'restarts_later' && age >= RESTARTS_AFTER) return { ...running, restartCount: 1 }
  if (age < HURT_AFTER) return running
  if (fate === 'oom') return { ...running, lastState: { terminated: { reason: 'OOMKilled' } }, restartCount: 1 }
  if (fate === 'crash') return { ...running, state: { waiting: { reason: 'CrashLoopBackOff' } }, restartCount: 1 }
  return running
}
