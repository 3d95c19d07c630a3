import { MEBIBYTE } from '../../model/quantity.ts'
import type { CommonSettings } from '../../model/strategy.ts'
import { metricWindow } from '../metric-window.ts'
import type { Reading } from '../usage/reading.ts'

const HOUR = 3600
const DAY = 86_400

/** `14 d`, `48 h`, `90 min`. */
export function lengthOfTime(seconds: number): string {
  if (seconds % DAY === 0 && seconds >= 3 * DAY) return `${seconds / DAY} d`
  return seconds % HOUR === 0 ? `${seconds / HOUR} h` : `${seconds / 60} min`
}

/** `0.2431 cores`. */
export const coresText = (value: number): string => `${Number(value.toPrecision(4))} cores`
/** `168.3 MiB`. */
export const mebibytesText = (value: number): string => `${Number((value / MEBIBYTE).toFixed(1))} MiB`

/** `95th percentile`; the 100th is the maximum. */
export function percentileText(quantile: string): string {
  const percent = Number((Number(quantile) * 100).toFixed(0))
  return percent === 100 ? 'maximum' : `${ordinal(percent)} percentile`
}
/** `95th`, `62.5th`. */
export const ordinal = (value: number): string => `${value}${Number.isInteger(value) ? ordinalSuffix(value) : 'th'}`
function ordinalSuffix(value: number): string {
  if (value % 100 >= 11 && value % 100 <= 13) return 'th'
  return ['th', 'st', 'nd', 'rd'][value % 10] ?? 'th'
}

export const podsText = (count: number): string => (count === 1 ? '1 pod' : `${count} pods`)

/** krr's window as its queries have it: `over 14 d at 75 s steps`. */
export function overWindow({ historyHours, timeframeMinutes }: CommonSettings): string {
  const { seconds, stepSeconds } = metricWindow(historyHours, timeframeMinutes)
  return `over ${lengthOfTime(seconds)} at ${stepSeconds} s steps`
}

/** `highest of 3 pods (web-1: 0.2 cores)`. */
export function highestOf(readings: readonly Reading[], value: number, text: (value: number) => string): string {
  if (Number.isNaN(value)) return `of ${podsText(readings.length)}, not a number (NaN) for at least one of them`
  const [first] = readings.filter((reading) => reading.value === value)
  return `highest of ${podsText(readings.length)} (${first?.pod}: ${text(value)})`
}

/** A span for people, in its largest unit: `9.5 d`, `26 h`, `40 min`, `90 s`. */
export function roughTime(seconds: number): string {
  if (seconds >= 3 * DAY) return `${Number((seconds / DAY).toFixed(1))} d`
  if (seconds >= 2 * HOUR) return `${Math.round(seconds / HOUR)} h`
  return seconds >= 120 ? `${Math.round(seconds / 60)} min` : `${Math.round(seconds)} s`
}
