import { problem } from '../../model/problem.ts'
import type { Problem } from '../../model/problem.ts'
import { failed, ok } from '../../model/result.ts'
import type { Result } from '../../model/result.ts'
import { strategyCommand } from '../../model/strategy.ts'
import type { ChosenStrategy, CommonSettings, StrategyName } from '../../model/strategy.ts'
import { metricWindow } from '../metric-window.ts'
import { STRATEGIES, STRATEGY_NAMES } from './all-strategies.ts'
import type { Setting, SettingTable } from './setting.ts'

/** Settings as a door has read them, by their keys; what is absent has its default. */
export type GivenSettings = Readonly<Record<string, number | boolean | undefined>>

/** The strategy with all its settings, each within its bounds; `bad_setting` says which one is not. */
export function chooseStrategy(name: StrategyName, given: GivenSettings): Result<ChosenStrategy> {
  const foreign = Object.keys(given).find((key) => given[key] !== undefined && !(key in STRATEGIES[name].settings))
  if (foreign !== undefined) return failed(notItsSetting(name, foreign))
  switch (name) {
    case 'simple':
      return chosen(STRATEGIES.simple.settings, given, (settings) => ({ strategy: 'simple', settings }))
    case 'simple_limit':
      return chosen(STRATEGIES.simple_limit.settings, given, (settings) => ({ strategy: 'simple_limit', settings }))
    case 'usage_aware':
      return chosen(STRATEGIES.usage_aware.settings, given, (settings) => ({ strategy: 'usage_aware', settings }))
  }
}

function chosen<Settings extends CommonSettings>(
  table: SettingTable<Settings>,
  given: GivenSettings,
  as: (settings: Settings) => ChosenStrategy,
): Result<ChosenStrategy> {
  const rows = Object.entries<Setting>(table)
  for (const [key, setting] of rows) {
    const wrong = settingProblem(setting, given[key] ?? setting.fallback)
    if (wrong) return failed(wrong)
  }
  const settings = Object.fromEntries(rows.map(([key, setting]) => [key, given[key] ?? setting.fallback]))
  if (!isWhole<Settings>(settings, table)) throw new Error('a strategy with a setting that has no default')
  const odd = stepProblem(settings) ?? orderProblem(settings)
  return odd ? failed(odd) : ok(as(settings))
}

/** The table has every key, and each value was just checked to be of its kind. */
const isWhole = <Settings>(
  settings: Readonly<Record<string, unknown>>,
  table: SettingTable<Settings>,
): settings is Settings & Readonly<Record<string, unknown>> =>
  Object.keys(table).every((key) => settings[key] !== undefined)

function settingProblem({ flag, fallback, bound }: Setting, value: number | boolean): Problem | undefined {
  if (typeof value !== typeof fallback) {
    const kind = typeof fallback === 'number' ? 'a number' : 'true or false'
    return badSetting(`${flag} is ${value}; it must be ${kind}`, flag)
  }
  if (typeof value !== 'number' || (Number.isFinite(value) && (bound?.allows(value) ?? true))) return undefined
  return badSetting(`${flag} is ${value}; it must be ${bound?.says ?? 'a number'}`, flag)
}

function stepProblem({ historyHours, timeframeMinutes }: CommonSettings): Problem | undefined {
  if (metricWindow(historyHours, timeframeMinutes).stepSeconds > 0) return undefined
  const message = `timeframe_duration is ${timeframeMinutes} min, which rounds to steps of 0 s`
  return problem('bad_setting', message, 'give --timeframe_duration at least 0.01')
}

/** krr takes it, and recommends a limit below the request: Kubernetes refuses such a container. */
function orderProblem(settings: CommonSettings & { readonly cpuRequest?: number; readonly cpuLimit?: number }) {
  const { cpuRequest = 0, cpuLimit = 100 } = settings
  if (cpuRequest <= cpuLimit) return undefined
  const message = `cpu_request is ${cpuRequest} and cpu_limit is ${cpuLimit}; the limit must not be below the request`
  return problem('bad_setting', message, 'give --cpu_limit at least as much as --cpu_request')
}

function notItsSetting(name: StrategyName, key: string): Problem {
  const theirs = STRATEGY_NAMES.filter((other) => key in STRATEGIES[other].settings)
  const settings = theirs.flatMap((other) => Object.entries<Setting>(STRATEGIES[other].settings))
  const flag = settings.find(([each]) => each === key)?.[1].flag ?? key
  const message = `${flag} is no setting of ${strategyCommand(name)}.`
  const next =
    theirs.length === 0
      ? 'Leave it out.'
      : `Leave it out, or choose the strategy ${theirs.map(strategyCommand).join(' or ')}.`
  return problem('bad_setting', message, next)
}

const badSetting = (message: string, flag: string): Problem =>
  problem('bad_setting', message, `give --${flag} another value`)
