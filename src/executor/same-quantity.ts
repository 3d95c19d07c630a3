import type { Json } from '../model/json.ts'
import { parseQuantity } from '../model/quantity.ts'

const amount = (value: Json | undefined): number | undefined =>
  typeof value === 'string' || typeof value === 'number' ? parseQuantity(value) : undefined

/** Whether two quantities are the same amount (`0.5` and `500m` are); not set equals not set. */
export function sameQuantity(a: Json | undefined, b: Json | undefined): boolean {
  const [left, right] = [a ?? null, b ?? null]
  if (left === null || right === null) return left === right
  const [x, y] = [amount(left), amount(right)]
  return x === undefined || y === undefined ? left === right : x === y
}
