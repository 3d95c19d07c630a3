import { COMMON_OPTIONS } from './common-options.ts'
import type { CommonOption } from './common-option.ts'
import type { CommonOptions } from './option-values.ts'

/** The same options as flags again: for a child process, and for a command that a person can paste. Secrets are left out. */
export function asFlags(options: CommonOptions, keys: readonly (keyof CommonOptions)[]): readonly string[] {
  return COMMON_OPTIONS.filter(({ key }) => keys.includes(key)).flatMap((option) => flagsOf(option, options))
}

function flagsOf({ key, flag, secret }: CommonOption, options: CommonOptions): readonly string[] {
  const value = options[key]
  // Every process of the machine can read an argument vector, and a pasted line stays in a shell's history.
  if (value === undefined || secret) return []
  if (value === true) return [`--${flag}`]
  const values = typeof value === 'string' ? [value] : value
  // Apart from its flag, a context named "--policy" would be read as one.
  return values.flatMap((each) => (each.startsWith('-') ? [`--${flag}=${each}`] : [`--${flag}`, each]))
}
