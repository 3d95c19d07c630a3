import type { JsonObject } from '../../model/json.ts'
import type { FieldChange, ResourcePart } from '../../model/plan.ts'
import { lookObject } from '../checks/look.ts'

const PARTS: readonly ResourcePart[] = ['requests', 'limits']

function partAfter(part: JsonObject | undefined, fields: readonly FieldChange[]): JsonObject | undefined {
  const values = new Map(Object.entries(part ?? {}))
  for (const { resource, after } of fields) {
    if (after === null) values.delete(resource)
    else values.set(resource, after)
  }
  // The server drops an empty map; keeping one here would look like a difference that admission made.
  return values.size > 0 ? Object.fromEntries(values) : undefined
}

/** The `resources` object with the fields changed. Everything else in it (ephemeral storage, GPUs, claims) stays as it is. */
export function resourcesAfter(before: JsonObject, fields: readonly FieldChange[]): JsonObject {
  const after = new Map(Object.entries(before))
  for (const part of PARTS) {
    const ours = fields.filter((field) => field.part === part)
    if (ours.length === 0) continue
    const value = partAfter(lookObject(before, part), ours)
    if (value) after.set(part, value)
    else after.delete(part)
  }
  return Object.fromEntries(after)
}
