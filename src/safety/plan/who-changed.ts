import type { Json } from '../../model/json.ts'
import type { KubeObject } from '../../model/observation.ts'
import { FIELD_MANAGER } from '../../model/plan.ts'
import { quoted } from '../../model/safe-text.ts'
import { look, lookList, lookText } from '../checks/look.ts'

/** A field of a container's template, by the names that managedFields uses. */
export interface OwnedField {
  readonly container: string
  /** Below the container: `image`, or `resources`, `requests`, `cpu`. */
  readonly path: readonly string[]
}

const owns = (entry: Json, { container, path }: OwnedField): boolean => {
  const keys = ['f:spec', 'f:template', 'f:spec', 'f:containers', `k:{"name":${JSON.stringify(container)}}`]
  return look(entry, 'fieldsV1', ...keys, ...path.map((key) => `f:${key}`)) !== undefined
}

/**
 * Who last wrote this field, in words, from managedFields: `kubectl-edit at 2026-11-24T13:27:55Z`. Undefined where the
 * server does not say (a removed field has no owner) or where it was us. The name is what the writer called itself.
 */
export function whoChanged(object: KubeObject, field: OwnedField): string | undefined {
  const writers = lookList(object, 'metadata', 'managedFields')
    .filter((entry) => owns(entry, field) && lookText(entry, 'manager') !== FIELD_MANAGER)
    .toSorted((a, b) => (lookText(b, 'time') ?? '').localeCompare(lookText(a, 'time') ?? ''))
  const last = writers[0]
  if (last === undefined) return undefined
  const at = lookText(last, 'time')
  return `${quoted(lookText(last, 'manager') ?? '?', 128)}${at === undefined ? '' : ` at ${quoted(at, 40)}`}`
}
