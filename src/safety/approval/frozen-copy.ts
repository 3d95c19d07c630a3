function freezeDeeply<Value>(value: Value): Value {
  if (typeof value !== 'object' || value === null) return value
  Object.values(value).forEach((each) => freezeDeeply(each))
  return Object.freeze(value)
}

/** A copy that nobody can change: neither who made the original, nor who is given the copy. */
export const frozenCopy = <Value>(value: Value): Value => freezeDeeply(structuredClone(value))
