import type { JsonObject } from '../../model/json.ts'
import { parseQuantity } from '../../model/quantity.ts'
import type { FieldChange } from '../../model/plan.ts'
import { lookText } from '../checks/look.ts'
import { writtenQuantity } from './written-quantity.ts'

/** A value for one field: cores or bytes, null = remove. */
export interface FieldTarget extends Pick<FieldChange, 'part' | 'resource' | 'why'> {
  readonly value: number | null
}

/** The change that sets a field to its target; undefined where it is so already. Compared as numbers: `0.5` is `500m`. */
export function fieldChange(resources: JsonObject, target: FieldTarget): FieldChange | undefined {
  const { part, resource, why, value } = target
  const before = lookText(resources, part, resource) ?? null
  const after = value === null ? null : writtenQuantity(resource, value)
  if (before === null && after === null) return undefined
  if (before !== null && after !== null && parseQuantity(before) === parseQuantity(after)) return undefined
  return { part, resource, before, after, why }
}
