import { parseArgs, type ParseArgsOptionsConfig } from 'node:util'
import { plainText } from '../../model/plain-text.ts'
import { problem } from '../../model/problem.ts'
import { failed, ok, type Result } from '../../model/result.ts'
import { collectOptions, type Given } from './collect-options.ts'
import { COMMON_OPTIONS } from './common-options.ts'
import type { CommonOption } from './common-option.ts'
import type { CommonOptions } from './option-values.ts'

export interface ReadOptions {
  readonly options: CommonOptions
  readonly positionals: readonly string[]
}
type Env = Readonly<Record<string, string | undefined>>

/** What the environment says; a flag beats it. A switch is on for `true`, `1`, `yes` and `on`. */
export function fromEnvironment(env: Env): CommonOptions {
  return collectOptions(COMMON_OPTIONS.flatMap((option) => given(option, option.env && env[option.env])))
}

function given(option: CommonOption, text: string | undefined): readonly Given[] {
  if (!text) return []
  if (option.value === undefined) return /^(true|1|yes|on)$/i.test(text) ? [[option, undefined]] : []
  if (!option.repeatable) return [[option, text]]
  const lines = text.split('\n').filter((line) => line.trim() !== '')
  return lines.map((line) => [option, line])
}

const byFlag = new Map(
  COMMON_OPTIONS.flatMap((option) =>
    [option.flag, ...(option.alias === undefined ? [] : [option.alias])].map((flag) => [flag, option] as const),
  ),
)

function parserOptions(): ParseArgsOptionsConfig {
  const options: ParseArgsOptionsConfig = {}
  for (const [flag, { short, value, flag: own }] of byFlag) {
    const type = value === undefined ? 'boolean' : 'string'
    options[flag] = { type, multiple: true, ...(short && flag === own ? { short } : {}) }
  }
  return options
}

/** Reads the common options of `serve` and `worker`, which must start without loading a command-line library. */
export function readOptions(argv: readonly string[], env: Env): Result<ReadOptions> {
  try {
    const config = {
      args: [...argv],
      options: parserOptions(),
      allowPositionals: true,
      strict: true,
      tokens: true,
    } as const
    const { tokens, positionals } = parseArgs(config)
    const flags = tokens.flatMap((token): readonly Given[] => {
      const option = token.kind === 'option' ? byFlag.get(token.name) : undefined
      return option && token.kind === 'option' ? [[option, token.value]] : []
    })
    return ok({ options: { ...fromEnvironment(env), ...collectOptions(flags) }, positionals })
  } catch (error) {
    return failed(problem('bad_setting', whatIsWrong(error), 'Run krr-mcp --help for the options.'))
  }
}

// Node goes on with how a positional argument could start with a dash: of no use to anybody here.
function whatIsWrong(error: unknown): string {
  const [sentence = ''] = (error instanceof Error ? error.message : 'unknown option').split(/\.?(?:\n|\. |$)/, 1)
  return `${plainText(sentence, 200)}.`
}
