import { canonicalJson } from '../../model/canonical-json.ts'
import type { Json, JsonObject } from '../../model/json.ts'
import { countAt, field, isOwnedBy, nameOf, objectAt, textAt, uidOf } from '../field.ts'
import type { Look } from './look.ts'

/** What the pods of one revision have in common: a label, and the object that owns them. */
export interface Revision {
  readonly label: 'pod-template-hash' | 'controller-revision-hash'
  readonly hash: string
  readonly owner: string
  readonly name: string
}

/** The revision that the workload's template stands for now; undefined until its controller has made it. */
export function currentRevision(look: Look): Revision | undefined {
  switch (textAt(look.workload, ['kind'])) {
    case 'StatefulSet':
      return ofStatefulSet(look)
    case 'DaemonSet':
      return ofDaemonSet(look)
    default:
      return ofDeployment(look)
  }
}

/** The pods of a revision: by label and by owner, because a label can be anybody's. */
export const podsOf = (look: Look, { label, hash, owner }: Revision): readonly JsonObject[] =>
  look.pods.filter((pod) => textAt(pod, ['metadata', 'labels', label]) === hash && isOwnedBy(pod, owner))

/** The ReplicaSet of a Deployment's current template. */
export function currentReplicaSet({ workload, revisions }: Look): JsonObject | undefined {
  // kubectl's and the controller's own rule: the templates are equal but for the hash label.
  const wanted = canonicalJson(field(workload, ['spec', 'template']) ?? null)
  const equal = revisions.find((each) => canonicalJson(withoutHash(field(each, ['spec', 'template']))) === wanted)
  if (equal) return equal
  // A field that one API version defaults and another did not makes equal templates look different; the controller's own
  // count then tells, once it has seen the newest generation.
  if (!isObserved(workload)) return undefined
  const revision = revisionOf(workload)
  return revision === undefined ? undefined : revisions.find((each) => revisionOf(each) === revision)
}

/** Whether the controller has seen the newest generation, and its status therefore means something. */
export const isObserved = (workload: JsonObject): boolean =>
  countAt(workload, ['metadata', 'generation']) <= countAt(workload, ['status', 'observedGeneration'])

export const revisionOf = (object: JsonObject): string | undefined =>
  textAt(object, ['metadata', 'annotations', 'deployment.kubernetes.io/revision'])

function withoutHash(template: Json | undefined): Json {
  const labels = Object.entries(objectAt(template, ['metadata', 'labels']))
  const metadata = {
    ...objectAt(template, ['metadata']),
    labels: Object.fromEntries(labels.filter(([name]) => name !== 'pod-template-hash')),
  }
  return { ...objectAt(template, []), metadata }
}

function ofDeployment(look: Look): Revision | undefined {
  const set = currentReplicaSet(look)
  const hash = textAt(set, ['metadata', 'labels', 'pod-template-hash'])
  const owner = set && uidOf(set)
  return set && hash && owner ? { label: 'pod-template-hash', hash, owner, name: nameOf(set) } : undefined
}

function ofStatefulSet({ workload }: Look): Revision | undefined {
  const hash = isObserved(workload) ? textAt(workload, ['status', 'updateRevision']) : undefined
  const owner = uidOf(workload)
  return hash && owner ? { label: 'controller-revision-hash', hash, owner, name: hash } : undefined
}

function ofDaemonSet({ workload, revisions }: Look): Revision | undefined {
  if (!isObserved(workload)) return undefined
  const [newest] = [...revisions].sort((a, b) => countAt(b, ['revision']) - countAt(a, ['revision']))
  const hash = textAt(newest, ['metadata', 'labels', 'controller-revision-hash'])
  const owner = uidOf(workload)
  return newest && hash && owner ? { label: 'controller-revision-hash', hash, owner, name: nameOf(newest) } : undefined
}
