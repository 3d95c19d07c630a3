import { Option, type Command } from 'commander'
import { COMMON_OPTIONS, type CommonOption, type CommonOptions } from '../options/common-options.ts'
import { fromEnvironment } from '../options/read-options.ts'

function optionOf({ flag, short, value, env, help }: CommonOption): Option {
  const flags = `${short === undefined ? '' : `-${short}, `}--${flag}${value === undefined ? '' : ` <${value}>`}`
  return new Option(flags, env === undefined ? help : `${help} [$${env}]`).helpGroup('Common options:')
}

/** Adds the options that every command understands, before and after the command's name. */
export function addCommonFlags(program: Command): void {
  for (const option of COMMON_OPTIONS) program.addOption(optionOf(option))
}

/** The common options as they were given; a flag beats the environment. */
export function readCommonFlags(
  command: Command,
  env: Readonly<Record<string, string | undefined>> = process.env,
): CommonOptions {
  const values: Readonly<Record<string, unknown>> = command.optsWithGlobals()
  const given = COMMON_OPTIONS.flatMap((option) => {
    const value = values[optionOf(option).attributeName()]
    return typeof value === 'string' ? [[option.key, value] as const] : []
  })
  return { ...fromEnvironment(env), ...Object.fromEntries(given) }
}
