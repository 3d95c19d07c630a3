import { createPatch } from 'rfc6902'
import type { KubeObject } from '../../model/observation.ts'
import { ANNOTATION, type FrozenRequest } from '../../model/plan.ts'
import { lookObject } from '../checks/look.ts'
import { comparable } from './comparable.ts'
import { applyPatch, operationsOf } from './json-patch.ts'

/** Our mark is allowed to stay, and with it the map that had to be made for it. */
function withoutMark(object: KubeObject): KubeObject {
  const metadata = lookObject(object, 'metadata') ?? {}
  const kept = Object.entries(lookObject(metadata, 'annotations') ?? {}).filter(([key]) => key !== ANNOTATION)
  const { annotations: _, ...rest } = metadata
  return { ...object, metadata: kept.length > 0 ? { ...rest, annotations: Object.fromEntries(kept) } : rest }
}

/**
 * Why undoing the change would not give back the object as it is; undefined when it would. A change whose undo is not
 * its exact inverse must not be offered: the promise of the prompt is that everything comes back.
 */
export function whyNotUndone(live: KubeObject, request: FrozenRequest, undo: FrozenRequest): string | undefined {
  const changed = applyPatch(live, operationsOf(request))
  if (changed.kind === 'refused') return `the change itself does not apply at ${changed.operation.path}`
  const undone = applyPatch(changed.object, operationsOf(undo))
  if (undone.kind === 'refused') return `the undo does not apply at ${undone.operation.path}`
  const left = createPatch(comparable(withoutMark(live)), comparable(withoutMark(undone.object)))
  return left.length === 0 ? undefined : `the undo leaves a difference at ${left.map((each) => each.path).join(', ')}`
}
