import type { Json } from '../../model/json.ts'
import type { ContainerChange, FieldChange, FrozenRequest, ResourcePart } from '../../model/plan.ts'
import { look } from '../checks/look.ts'
import type { Change } from './freeze-request.ts'
import { pointer, type PatchOperation } from './json-patch.ts'
import { CONTAINERS } from './pod-template.ts'
import { requestPath } from './request-path.ts'

/** One value to put back: it must now be `ours`, and becomes `old`; undefined = absent. */
interface Restoring {
  readonly path: string
  readonly ours: Json | undefined
  readonly old: Json | undefined
}

function restoreField(change: ContainerChange, { part, resource }: FieldChange): Restoring {
  const path = pointer(...CONTAINERS, change.index, 'resources', part, resource)
  return { path, ours: look(change.after, part, resource), old: look(change.before, part, resource) }
}

/**
 * Field by field, so that what others changed beside our fields neither blocks the undo nor is lost; a map that becomes
 * empty is dropped by the server. Only a map that we emptied comes back whole: below a missing map nothing can be added.
 */
function restorePart(change: ContainerChange, part: ResourcePart): readonly Restoring[] {
  const fields = change.fields.filter((field) => field.part === part)
  if (fields.length === 0) return []
  if (look(change.after, part) !== undefined) return fields.map((field) => restoreField(change, field))
  const path = pointer(...CONTAINERS, change.index, 'resources', part)
  return [{ path, ours: undefined, old: look(change.before, part) }]
}

function restoring({ path, ours, old }: Restoring): PatchOperation {
  if (old === undefined) return { op: 'remove', path }
  return { op: ours === undefined ? 'add' : 'replace', path, value: old }
}

/**
 * The bytes that put the old values back. They test the object's identity, the containers' names and our own values, and
 * nothing else: an image, a replica count or our mark that changed meanwhile must never be able to block an undo. The
 * mark stays: its old values tell a colleague what was undone.
 */
export function freezeUndo({ target, changes }: Change): FrozenRequest {
  const fields = changes.flatMap((change) =>
    (['requests', 'limits'] as const).flatMap((part) => restorePart(change, part)),
  )
  const operations: PatchOperation[] = [
    { op: 'test', path: pointer('metadata', 'uid'), value: target.uid },
    ...changes.map(({ container, index }): PatchOperation => ({
      op: 'test',
      path: pointer(...CONTAINERS, index, 'name'),
      value: container,
    })),
    ...fields.map(({ path, ours }): PatchOperation => ({ op: 'test', path, value: ours ?? null })),
    ...fields.map((field) => restoring(field)),
  ]
  return Object.freeze({
    method: 'PATCH',
    path: requestPath(target),
    contentType: 'application/json-patch+json',
    body: JSON.stringify(operations),
  })
}
