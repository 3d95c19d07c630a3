import type { Json, JsonObject } from '../../../model/json.ts'

const NOTHING: JsonObject = {}
/** The object at a place of foreign JSON; empty when there is none. */
export function objectAt(value: Json | undefined, ...path: readonly string[]): JsonObject {
  const found = at(value, path)
  return isObject(found) ? found : NOTHING
}
/** The array at a place of foreign JSON; empty when there is none. */
export function arrayAt(value: Json | undefined, ...path: readonly string[]): readonly Json[] {
  const found = at(value, path)
  return Array.isArray(found) ? (found as readonly Json[]) : []
}
export function textAt(value: Json | undefined, ...path: readonly string[]): string | undefined {
  const found = at(value, path)
  return typeof found === 'string' ? found : undefined
}
export function numberAt(value: Json | undefined, ...path: readonly string[]): number | null {
  const found = at(value, path)
  return typeof found === 'number' ? found : null
}
/** Labels and the like; values that are no text are left out. */
export function textsAt(value: Json | undefined, ...path: readonly string[]): Readonly<Record<string, string>> {
  const entries = Object.entries(objectAt(value, ...path))
  return Object.fromEntries(entries.filter((entry): entry is [string, string] => typeof entry[1] === 'string'))
}

const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const at = (value: Json | undefined, path: readonly string[]): Json | undefined =>
  path.reduce<Json | undefined>(
    (inner, key) => (isObject(inner) && Object.hasOwn(inner, key) ? inner[key] : undefined),
    value,
  )
