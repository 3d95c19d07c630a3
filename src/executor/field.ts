import type { Json, JsonObject } from '../model/json.ts'

type Path = readonly (string | number)[]

const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const isList = (value: Json | undefined): value is readonly Json[] => Array.isArray(value)

function child(value: Json | undefined, key: string | number): Json | undefined {
  if (typeof key === 'number') return isList(value) ? value[key] : undefined
  return isObject(value) ? value[key] : undefined
}

/** What lies at `path`; undefined where the way there ends. Objects of a cluster are never trusted to have a shape. */
export const field = (value: Json | undefined, path: Path): Json | undefined =>
  path.reduce<Json | undefined>((at, key) => child(at, key), value)

export function textAt(value: Json | undefined, path: Path): string | undefined {
  const found = field(value, path)
  return typeof found === 'string' ? found : undefined
}

/** A counter that is missing is 0: Kubernetes leaves zeros out. */
export function countAt(value: Json | undefined, path: Path): number {
  const found = field(value, path)
  return typeof found === 'number' ? found : 0
}

export function objectAt(value: Json | undefined, path: Path): JsonObject {
  const found = field(value, path)
  return isObject(found) ? found : {}
}

export function listAt(value: Json | undefined, path: Path): readonly JsonObject[] {
  const found = field(value, path)
  return isList(found) ? found.filter(isObject) : []
}

export const uidOf = (object: JsonObject): string | undefined => textAt(object, ['metadata', 'uid'])
export const nameOf = (object: JsonObject): string => textAt(object, ['metadata', 'name']) ?? '?'

/** Whether `uid` is the controller that owns `object`; labels alone can be anybody's. */
export const isOwnedBy = (object: JsonObject, uid: string): boolean =>
  listAt(object, ['metadata', 'ownerReferences']).some((owner) => owner['uid'] === uid && owner['controller'] === true)

/** A condition of an object's status, by type. */
export const conditionOf = (object: JsonObject, type: string): JsonObject | undefined =>
  listAt(object, ['status', 'conditions']).find((condition) => condition['type'] === type)
