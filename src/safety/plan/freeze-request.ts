import { canonicalJson } from '../../model/canonical-json.ts'
import type { PlanId } from '../../model/ids.ts'
import type { Json } from '../../model/json.ts'
import type { KubeObject } from '../../model/observation.ts'
import { ANNOTATION, type ContainerChange, type FrozenRequest, type PlanTarget } from '../../model/plan.ts'
import { isoTime, type WallMillis } from '../../model/time.ts'
import { look, lookObject } from '../checks/look.ts'
import { pointer, type PatchOperation } from './json-patch.ts'
import { CONTAINERS } from './pod-template.ts'
import { requestPath } from './request-path.ts'

/** What our annotation says of the plan it came from. */
export interface Mark {
  readonly plan: PlanId
  readonly journalHead: string
  readonly at: WallMillis
}
export interface Change {
  readonly target: PlanTarget
  readonly changes: readonly ContainerChange[]
}

const test = (path: string, value: Json | undefined): PatchOperation => ({ op: 'test', path, value: value ?? null })

/** Nothing is written unless the workload is the one that was shown: same object, containers, images and old values. */
function preconditions(object: KubeObject, { container, index, image, before }: ContainerChange): PatchOperation[] {
  const at = [...CONTAINERS, index]
  const hasResources = lookObject(object, ...at, 'resources') !== undefined
  return [
    test(pointer(...at, 'name'), container),
    // Another image may need other resources: the numbers were measured on this one.
    test(pointer(...at, 'image'), image === '' ? null : image),
    test(pointer(...at, 'resources'), hasResources ? before : null),
  ]
}

/** The mark goes in the same write (an own one would be a second change), with the old values for whoever finds it. */
function marking(object: KubeObject, changes: readonly ContainerChange[], mark: Mark): PatchOperation[] {
  const was = Object.fromEntries(changes.map(({ container, before }) => [container, before]))
  const value = canonicalJson({ plan: mark.plan, journal: mark.journalHead, at: isoTime(mark.at), was })
  const map = pointer('metadata', 'annotations')
  if (lookObject(object, 'metadata', 'annotations'))
    return [{ op: 'add', path: pointer('metadata', 'annotations', ANNOTATION), value }]
  // Adding the whole map would wipe out annotations that appeared meanwhile, hence the test that there are none.
  return [test(map, null), { op: 'add', path: map, value: { [ANNOTATION]: value } }]
}

/** The exact bytes that would change one workload: tests first, then the values, then our mark. */
export function freezeRequest(object: KubeObject, { target, changes }: Change, mark: Mark): FrozenRequest {
  const operations: PatchOperation[] = [
    test(pointer('metadata', 'uid'), target.uid),
    ...changes.flatMap((change) => preconditions(object, change)),
    ...changes.map(({ index, after }): PatchOperation => {
      const at = [...CONTAINERS, index, 'resources']
      return { op: look(object, ...at) === undefined ? 'add' : 'replace', path: pointer(...at), value: after }
    }),
    ...marking(object, changes, mark),
  ]
  return Object.freeze({
    method: 'PATCH',
    path: requestPath(target),
    contentType: 'application/json-patch+json',
    body: JSON.stringify(operations),
  })
}
