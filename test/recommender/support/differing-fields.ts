/** Every place where two JSON values differ, as `path: ours, not theirs`. */
export function differingFields(ours: unknown, theirs: unknown, path = ''): readonly string[] {
  if (isObject(ours) && isObject(theirs)) {
    const names = new Set([...Object.keys(ours), ...Object.keys(theirs)])
    return [...names].flatMap((name) =>
      differingFields(ours[name], theirs[name], path === '' ? name : `${path}.${name}`),
    )
  }
  if (Object.is(ours, theirs)) return []
  return [`${path}: ${JSON.stringify(ours)}, not ${JSON.stringify(theirs)}`]
}

/** The number of values in it that are no objects or lists. */
export const countFields = (value: unknown): number =>
  isObject(value) ? Object.values(value).reduce<number>((sum, member) => sum + countFields(member), 0) : 1

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null
