import { canonicalJson } from '../../model/canonical-json.ts'
import type { Json, JsonObject } from '../../model/json.ts'

const same = (a: Json | undefined, b: Json | undefined): boolean =>
  canonicalJson(a ?? null) === canonicalJson(b ?? null)
const members = (value: Json): JsonObject => (typeof value === 'object' && value !== null ? (value as JsonObject) : {})
const isLeaf = (value: Json | undefined): boolean => typeof value !== 'object' || value === null

/** Where two values differ, as dotted paths; never what they are: an environment variable can be a secret. */
export function changedPaths(before: Json | undefined, after: Json | undefined): readonly string[] {
  if (same(before, after)) return []
  if (before === undefined || after === undefined || isLeaf(before) || isLeaf(after)) return ['']
  const [left, right] = [members(before), members(after)]
  const names = new Set([...Object.keys(left), ...Object.keys(right)])
  return [...names].flatMap((name) =>
    changedPaths(left[name], right[name]).map((rest) => (rest === '' ? name : `${name}.${rest}`)),
  )
}
