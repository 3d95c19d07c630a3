import { parseArgs, type ParseArgsOptionsConfig } from 'node:util'
import { plainText } from '../../model/plain-text.ts'
import { problem } from '../../model/problem.ts'
import { failed, ok, type Result } from '../../model/result.ts'
import { COMMON_OPTIONS, type CommonOptions } from './common-options.ts'

export interface ReadOptions {
  readonly options: CommonOptions
  readonly positionals: readonly string[]
}
type Env = Readonly<Record<string, string | undefined>>

/** What the environment says; a flag beats it. */
export function fromEnvironment(env: Env): CommonOptions {
  const named = COMMON_OPTIONS.flatMap(({ key, env: name }) => {
    const value = name === undefined ? undefined : env[name]
    return value ? [[key, value] as const] : []
  })
  return Object.fromEntries(named)
}

/** Reads the common options of `serve` and `worker`, which must start without loading a command-line library. */
export function readOptions(argv: readonly string[], env: Env): Result<ReadOptions> {
  const options: ParseArgsOptionsConfig = {}
  for (const { flag, short } of COMMON_OPTIONS) options[flag] = { type: 'string', ...(short ? { short } : {}) }
  try {
    const { values, positionals } = parseArgs({ args: [...argv], options, allowPositionals: true, strict: true })
    const given = COMMON_OPTIONS.flatMap(({ key, flag }) => {
      const value = values[flag]
      return typeof value === 'string' ? [[key, value] as const] : []
    })
    return ok({ options: { ...fromEnvironment(env), ...Object.fromEntries(given) }, positionals })
  } catch (error) {
    return failed(problem('bad_setting', whatIsWrong(error), 'Run krr-mcp --help for the options.'))
  }
}

// Node goes on with how a positional argument could start with a dash: of no use to anybody here.
function whatIsWrong(error: unknown): string {
  const [sentence = ''] = (error instanceof Error ? error.message : 'unknown option').split(/\.?(?:\n|\. |$)/, 1)
  return `${plainText(sentence, 200)}.`
}

/** The same options as flags again: for a child process, and for a command that a person can paste. */
export function asFlags(options: CommonOptions, keys: readonly (keyof CommonOptions)[]): readonly string[] {
  return COMMON_OPTIONS.filter(({ key }) => keys.includes(key)).flatMap(({ key, flag }) => {
    const value = options[key]
    if (value === undefined) return []
    // Apart from its flag, a context named "--policy" would be read as one.
    return value.startsWith('-') ? [`--${flag}=${value}`] : [`--${flag}`, value]
  })
}
