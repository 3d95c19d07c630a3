import { failed, ok } from '../../model/result.ts'
import type { Result } from '../../model/result.ts'
import { strategyCommand } from '../../model/strategy.ts'
import type { ChosenStrategy, CommonSettings } from '../../model/strategy.ts'
import type { KrrProblem } from '../../ports/krr-engine.ts'
import { badArgument } from './krr-problem.ts'

type Numeric = readonly [flag: string, value: number, allows: (value: number) => boolean]

const above0 = (value: number): boolean => value > 0
const percentile = (value: number): boolean => value > 0 && value <= 100
const whole =
  (least: number) =>
  (value: number): boolean =>
    Number.isSafeInteger(value) && value >= least

/** The subcommand and all its settings, so that no default of an older or newer krr decides. */
export function strategyArguments(chosen: ChosenStrategy): Result<readonly string[], KrrProblem> {
  if (chosen.strategy === 'usage_aware') {
    return failed(badArgument('krr has no strategy usage-aware', 'choose --strategy simple, or --engine native'))
  }
  const numbers = [...cpuNumbers(chosen), ...commonNumbers(chosen.settings)]
  // Checked here too: krr ends with exit code 0 and an empty answer when it does not like one of them.
  const wrong = numbers.find(([, value, allows]) => !Number.isFinite(value) || !allows(value))
  if (wrong) return failed(badArgument(`${wrong[0]} is ${wrong[1]}, which krr does not take`, 'give another value'))
  const { allowHpa, useOomkillData } = chosen.settings
  return ok([
    strategyCommand(chosen.strategy),
    ...numbers.map(([flag, value]) => `--${flag}=${value}`),
    ...(allowHpa ? ['--allow-hpa'] : []),
    ...(useOomkillData ? ['--use-oomkill-data'] : []),
  ])
}

function cpuNumbers(chosen: Exclude<ChosenStrategy, { strategy: 'usage_aware' }>): readonly Numeric[] {
  if (chosen.strategy === 'simple') return [['cpu_percentile', chosen.settings.cpuPercentile, percentile]]
  return [
    ['cpu_request', chosen.settings.cpuRequest, percentile],
    ['cpu_limit', chosen.settings.cpuLimit, percentile],
  ]
}
function commonNumbers(settings: CommonSettings): readonly Numeric[] {
  return [
    ['history_duration', settings.historyHours, (hours) => hours >= 1],
    ['timeframe_duration', settings.timeframeMinutes, above0],
    ['memory_buffer_percentage', settings.memoryBufferPercentage, above0],
    ['points_required', settings.pointsRequired, whole(1)],
    // An older krr knows neither this nor the switch.
    ...(settings.useOomkillData
      ? ([['oom_memory_buffer_percentage', settings.oomMemoryBufferPercentage, (value: number) => value >= 0]] as const)
      : []),
    ['cpu-min', settings.cpuMin, whole(0)],
    ['mem-min', settings.memoryMin, whole(0)],
  ]
}
