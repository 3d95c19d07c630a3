import { Option, type Command } from 'commander'
import type { SimpleSettings } from '../../model/recommendation.ts'
import { argument } from './parse/argument.ts'
import { parseNumber } from './parse/parse-number.ts'

interface Setting {
  readonly key: keyof SimpleSettings
  /** krr's own name; where it has underscores, dashes do too. */
  readonly flag: string
  /** Absent for a switch. */
  readonly value?: string
  readonly help: string
}
const SETTINGS: readonly Setting[] = [
  { key: 'historyHours', flag: 'history_duration', value: 'HOURS', help: 'how far to look back (default: 336)' },
  { key: 'timeframeMinutes', flag: 'timeframe_duration', value: 'MINUTES', help: 'one point every (default: 1.25)' },
  {
    key: 'cpuPercentile',
    flag: 'cpu_percentile',
    value: 'PERCENT',
    help: 'CPU request: this percentile (default: 95)',
  },
  {
    key: 'memoryBufferPercentage',
    flag: 'memory_buffer_percentage',
    value: 'PERCENT',
    help: 'memory: added to the highest value seen (default: 15)',
  },
  {
    key: 'pointsRequired',
    flag: 'points_required',
    value: 'COUNT',
    help: 'fewer points give no number (default: 100)',
  },
  { key: 'allowHpa', flag: 'allow-hpa', help: 'numbers also for what an autoscaler steers by' },
  { key: 'useOomkillData', flag: 'use-oomkill-data', help: 'count in the limits at which containers were OOM-killed' },
  {
    key: 'oomMemoryBufferPercentage',
    flag: 'oom_memory_buffer_percentage',
    value: 'PERCENT',
    help: 'added to such a limit (default: 25)',
  },
  { key: 'cpuMin', flag: 'cpu-min', value: 'MILLICORES', help: 'no CPU recommendation below this (default: 10)' },
  { key: 'memoryMin', flag: 'mem-min', value: 'MIB', help: 'no memory recommendation below this (default: 100)' },
]

export type SettingFlags = Readonly<Record<string, unknown>>

function optionOf({ flag, value, help }: Setting): Option {
  const names = [...new Set([flag, flag.replaceAll('-', '_'), flag.replaceAll('_', '-')])].slice(0, 2)
  const option = new Option(
    `${names.map((name) => `--${name}`).join(', ')}${value === undefined ? '' : ` <${value}>`}`,
    help,
  )
  return (value === undefined ? option : option.argParser(argument(parseNumber))).helpGroup('Settings:')
}

/** krr's settings of `simple`, by krr's names, each also with dashes. */
export function addSettings(command: Command): void {
  for (const setting of SETTINGS) command.addOption(optionOf(setting))
}

/** The settings that were given. Whether they are within krr's bounds is judged by the strategy. */
export function readSettings(flags: SettingFlags): Partial<SimpleSettings> {
  const given = SETTINGS.flatMap((setting) => {
    const value = flags[optionOf(setting).attributeName()]
    return value === undefined ? [] : [[setting.key, value] as const]
  })
  return Object.fromEntries(given)
}
