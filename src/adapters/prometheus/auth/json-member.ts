/** A member of a JSON text that should be an object; undefined where it is not. */
export function jsonMember(text: string, name: string): unknown {
  try {
    const parsed: unknown = JSON.parse(text)
    return typeof parsed === 'object' && parsed !== null && Object.hasOwn(parsed, name)
      ? Reflect.get(parsed, name)
      : undefined
  } catch {
    return undefined
  }
}

/** The same as text; '' where it is none. */
export function jsonText(text: string, name: string): string {
  const value = jsonMember(text, name)
  return typeof value === 'string' ? value : ''
}
