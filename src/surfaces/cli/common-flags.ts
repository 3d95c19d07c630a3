import { Option, type Command } from 'commander'
import { collectOptions, type Given } from '../options/collect-options.ts'
import { COMMON_OPTIONS } from '../options/common-options.ts'
import type { CommonOption } from '../options/common-option.ts'
import type { CommonOptions } from '../options/option-values.ts'
import { fromEnvironment } from '../options/read-options.ts'

const GROUP = 'Common options:'
type Before = readonly string[] | undefined

/** `scan` takes several contexts, as krr does; every other command the last one. */
const isKept = ({ key, repeatable }: CommonOption): boolean => repeatable === true || key === 'context'

function optionOf(common: CommonOption): Option {
  const { flag, short, value, env, help } = common
  const flags = `${short === undefined ? '' : `-${short}, `}--${flag}${value === undefined ? '' : ` <${value}>`}`
  const option = new Option(flags, env === undefined ? help : `${help} [$${env}]`).helpGroup(GROUP)
  return isKept(common) ? option.argParser((text, before: Before) => [...(before ?? []), text]) : option
}

/** Adds the options that every command understands, before and after the command's name. */
export function addCommonFlags(program: Command): void {
  for (const option of COMMON_OPTIONS) {
    const added = optionOf(option)
    program.addOption(added)
    const { alias, value, flag } = option
    if (alias === undefined) continue
    program.addOption(new Option(`--${alias} <${value}>`, `the same as --${flag}`).hideHelp())
    // One option by two names: the last one given counts.
    program.on(`option:${alias}`, (text: string) => {
      const before: unknown = program.getOptionValue(added.attributeName())
      const kept = isKept(option) ? [...(Array.isArray(before) ? before.map(String) : []), text] : text
      program.setOptionValue(added.attributeName(), kept)
    })
  }
}

/** The common options as they were given; a flag beats the environment. */
export function readCommonFlags(
  command: Command,
  env: Readonly<Record<string, string | undefined>> = process.env,
): CommonOptions {
  const values: Readonly<Record<string, unknown>> = command.optsWithGlobals()
  const given = COMMON_OPTIONS.flatMap((option) => givenAs(option, values[optionOf(option).attributeName()]))
  return { ...fromEnvironment(env), ...collectOptions(given) }
}

function givenAs(option: CommonOption, value: unknown): readonly Given[] {
  if (value === true) return [[option, undefined]]
  if (Array.isArray(value)) return value.map((each: unknown) => [option, String(each)] as const)
  return typeof value === 'string' ? [[option, value]] : []
}
