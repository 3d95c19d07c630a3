import type { CommonOption } from './common-option.ts'
import type { CommonOptions } from './option-values.ts'

/** One option as it was given; `value` undefined for a switch. */
export type Given = readonly [option: CommonOption, value: string | undefined]

/** What was given, in its order: the last one counts, but a repeatable option keeps every value. */
export function collectOptions(given: Iterable<Given>): CommonOptions {
  const collected: Partial<Record<keyof CommonOptions, string | true | readonly string[]>> = {}
  for (const [{ key, repeatable, value: takes }, value = ''] of given) {
    const before = collected[key]
    if (takes === undefined) collected[key] = true
    else if (repeatable) collected[key] = [...(Array.isArray(before) ? (before as readonly string[]) : []), value]
    else collected[key] = value
  }
  return collected as CommonOptions
}
