import { Option, type Command } from 'commander'
import { STRATEGIES, STRATEGY_NAMES } from '../../recommender/strategies/all-strategies.ts'
import type { GivenSettings } from '../../recommender/strategies/choose-strategy.ts'
import type { Setting } from '../../recommender/strategies/setting.ts'
import { strategyCommand } from '../../model/strategy.ts'
import type { StrategyName } from '../../model/strategy.ts'
import { argument } from './parse/argument.ts'
import { parseNumber } from './parse/parse-number.ts'

export type SettingFlags = Readonly<Record<string, unknown>>

/** Every setting of these strategies, once; with the strategies that have it where not all do. */
function allSettings(names: readonly StrategyName[] = STRATEGY_NAMES): ReadonlyMap<string, Setting> {
  const settings = new Map<string, Setting>()
  for (const name of names) {
    for (const [key, setting] of Object.entries<Setting>(STRATEGIES[name].settings)) {
      const theirs = names.filter((other) => key in STRATEGIES[other].settings)
      const whose = theirs.length === names.length ? '' : `; ${theirs.map(strategyCommand).join(', ')}`
      if (!settings.has(key)) settings.set(key, { ...setting, help: `${setting.help}${whose}` })
    }
  }
  return settings
}

function optionOf({ flag, value, help }: Setting): Option {
  const names = [...new Set([flag, flag.replaceAll('-', '_'), flag.replaceAll('_', '-')])].slice(0, 2)
  const option = new Option(
    `${names.map((name) => `--${name}`).join(', ')}${value === undefined ? '' : ` <${value}>`}`,
    help,
  )
  return (value === undefined ? option : option.argParser(argument(parseNumber))).helpGroup('Settings:')
}

/** The settings of all strategies, by krr's names where krr has them, each also with dashes. */
export function addSettings(command: Command, strategy?: StrategyName): void {
  for (const setting of allSettings(strategy === undefined ? STRATEGY_NAMES : [strategy]).values())
    command.addOption(optionOf(setting))
}

/** The settings that were given. Whether they are the strategy's, and within its bounds, is judged where it is chosen. */
export function readSettings(flags: SettingFlags): GivenSettings {
  const given = [...allSettings()].flatMap(([key, setting]) => {
    const value = flags[optionOf(setting).attributeName()]
    return typeof value === 'number' || typeof value === 'boolean' ? [[key, value] as const] : []
  })
  return Object.fromEntries(given)
}
