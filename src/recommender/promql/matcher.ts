/** One matcher of a selector; values are quoted, and escaped where several make a regular expression. */
export function matcher(label: string, values: readonly string[]): string {
  const [only] = values
  if (only !== undefined && values.length === 1) return `${label}=${quoted(only)}`
  // krr leaves names unescaped: a dot in a name then matches any character, and another pod's numbers slip in.
  return `${label}=~${quoted(values.map(escaped).join('|'))}`
}

/** PromQL's string literals are Go's; JSON's escapes are among them. */
const quoted = (text: string): string => JSON.stringify(text)
const escaped = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`)
