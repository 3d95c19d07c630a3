import { problem } from '../../model/problem.ts'
import type { Problem } from '../../model/problem.ts'
import type { SimpleSettings } from '../../model/recommendation.ts'
import { metricWindow } from '../metric-window.ts'

/** krr's defaults. */
export const SIMPLE_DEFAULTS: SimpleSettings = Object.freeze({
  historyHours: 336,
  timeframeMinutes: 1.25,
  cpuPercentile: 95,
  memoryBufferPercentage: 15,
  pointsRequired: 100,
  allowHpa: false,
  useOomkillData: false,
  oomMemoryBufferPercentage: 25,
  cpuMin: 10,
  memoryMin: 100,
})

type Numeric = Exclude<keyof SimpleSettings, 'allowHpa' | 'useOomkillData'>
interface Bound {
  readonly flag: string
  readonly allows: (value: number) => boolean
  readonly says: string
}
const naturalFrom = (least: number): Pick<Bound, 'allows' | 'says'> => ({
  allows: (value) => Number.isSafeInteger(value) && value >= least,
  says: `a whole number, at least ${least}`,
})
const BOUNDS: Readonly<Record<Numeric, Bound>> = {
  historyHours: { flag: 'history_duration', allows: (hours) => hours >= 1, says: 'at least 1 (hours)' },
  timeframeMinutes: { flag: 'timeframe_duration', allows: (minutes) => minutes > 0, says: 'more than 0 (minutes)' },
  cpuPercentile: { flag: 'cpu_percentile', allows: (value) => value > 0 && value <= 100, says: 'above 0, at most 100' },
  memoryBufferPercentage: { flag: 'memory_buffer_percentage', allows: (value) => value > 0, says: 'more than 0' },
  oomMemoryBufferPercentage: {
    flag: 'oom_memory_buffer_percentage',
    allows: (value) => value >= 0,
    says: 'at least 0',
  },
  pointsRequired: { flag: 'points_required', ...naturalFrom(1) },
  cpuMin: { flag: 'cpu-min', ...naturalFrom(0) },
  memoryMin: { flag: 'mem-min', ...naturalFrom(0) },
}

/** The first setting outside krr's bounds, or undefined. */
export function simpleSettingsProblem(settings: SimpleSettings): Problem | undefined {
  for (const name of Object.keys(BOUNDS) as Numeric[]) {
    const { flag, allows, says } = BOUNDS[name]
    const value = settings[name]
    if (!Number.isFinite(value) || !allows(value)) {
      return problem('bad_setting', `${flag} is ${value}; it must be ${says}`, `give --${flag} another value`)
    }
  }
  const { stepSeconds } = metricWindow(settings.historyHours, settings.timeframeMinutes)
  if (stepSeconds > 0) return undefined
  const message = `timeframe_duration is ${settings.timeframeMinutes} min, which rounds to steps of 0 s`
  return problem('bad_setting', message, 'give --timeframe_duration at least 0.01')
}
