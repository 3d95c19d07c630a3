import { digestOf } from '../../model/hash.ts'
import type { DigestedPlan, Plan } from '../../model/plan.ts'

function freezeDeeply<Value>(value: Value): Value {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value)
    Object.values(value).forEach((each) => freezeDeeply(each))
  }
  return value
}

/** Seals a plan: from here on it cannot change, and its digest names it. */
export function digestPlan(plan: Plan): DigestedPlan {
  // A copy, so that freezing does not reach into values that others still hold (a scan, a live object).
  const sealed = freezeDeeply(structuredClone(plan))
  return Object.freeze({ plan: sealed, digest: digestOf(sealed) })
}
