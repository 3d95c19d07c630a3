import type { Json, JsonObject } from '../../model/json.ts'

const isList = (value: Json | undefined): value is readonly Json[] => Array.isArray(value)
const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !isList(value)

/** The value at a path of keys and indices; undefined where anything on the way is missing. */
export function look(value: Json | undefined, ...path: readonly (string | number)[]): Json | undefined {
  let here = value
  for (const key of path) {
    if (typeof key === 'number') here = isList(here) ? here[key] : undefined
    else here = isObject(here) && Object.hasOwn(here, key) ? here[key] : undefined
  }
  return here
}

/** The text at a path; undefined when it is anything else. */
export function lookText(value: Json | undefined, ...path: readonly (string | number)[]): string | undefined {
  const found = look(value, ...path)
  return typeof found === 'string' ? found : undefined
}

/** The number at a path; undefined when it is anything else. */
export function lookNumber(value: Json | undefined, ...path: readonly (string | number)[]): number | undefined {
  const found = look(value, ...path)
  return typeof found === 'number' ? found : undefined
}

/** The list at a path; empty when there is none. */
export function lookList(value: Json | undefined, ...path: readonly (string | number)[]): readonly Json[] {
  const found = look(value, ...path)
  return isList(found) ? found : []
}

/** The object at a path; undefined when it is anything else. */
export function lookObject(value: Json | undefined, ...path: readonly (string | number)[]): JsonObject | undefined {
  const found = look(value, ...path)
  return isObject(found) ? found : undefined
}
