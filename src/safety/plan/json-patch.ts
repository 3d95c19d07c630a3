import { applyPatch as applyOperations, Pointer } from 'rfc6902'
import type { Json } from '../../model/json.ts'
import type { KubeObject } from '../../model/observation.ts'
import type { FrozenRequest } from '../../model/plan.ts'
import { lookObject } from '../checks/look.ts'
import { templateContainers } from './pod-template.ts'

/** `test` with null also means "is absent": the API server accepts it on a missing key, as long as the key's parent exists. */
export type PatchOperation =
  | { readonly op: 'test' | 'add' | 'replace'; readonly path: string; readonly value: Json }
  | { readonly op: 'remove'; readonly path: string }

/** A JSON pointer; keys may hold `/` and `~`. */
export const pointer = (...keys: readonly (string | number)[]): string =>
  keys.map((key) => `/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')

/** The operations inside a frozen request's bytes. They are our own, so they are trusted to be operations. */
export const operationsOf = (request: FrozenRequest): readonly PatchOperation[] =>
  JSON.parse(request.body) as readonly PatchOperation[]

const isAbsent = (object: KubeObject, path: string): boolean => {
  const { parent, value } = Pointer.fromJSON(path).evaluate(object) as { parent: unknown; value: unknown }
  return typeof parent === 'object' && parent !== null && (value === undefined || value === null)
}

export type Patched =
  | { readonly kind: 'patched'; readonly object: KubeObject }
  | { readonly kind: 'refused'; readonly operation: PatchOperation }

/**
 * What the API server would make of the object: by RFC 6902, by its own reading of `test` with null, and without the maps
 * of requests and limits that became empty, which it does not store.
 */
export function applyPatch(object: KubeObject, operations: readonly PatchOperation[]): Patched {
  const copy = structuredClone(object)
  for (const operation of operations) {
    const absence = operation.op === 'test' && operation.value === null
    const refused = absence ? !isAbsent(copy, operation.path) : applyOperations(copy, [operation])[0] !== null
    if (refused) return { kind: 'refused', operation }
  }
  dropEmptyMaps(copy)
  return { kind: 'patched', object: copy }
}

/** Changes the copy, which is ours. */
function dropEmptyMaps(copy: KubeObject): void {
  for (const { resources } of templateContainers(copy)) {
    for (const part of ['requests', 'limits']) {
      const map = lookObject(resources, part)
      if (map && Object.keys(map).length === 0) Reflect.deleteProperty(resources ?? {}, part)
    }
  }
}
