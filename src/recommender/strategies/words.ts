import { MEBIBYTE } from '../../model/quantity.ts'

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
  return percent === 100 ? 'maximum' : `${percent}${ordinalSuffix(percent)} percentile`
}
function ordinalSuffix(value: number): string {
  if (value % 100 >= 11 && value % 100 <= 13) return 'th'
  return ['th', 'st', 'nd', 'rd'][value % 10] ?? 'th'
}

export const podsText = (count: number): string => (count === 1 ? '1 pod' : `${count} pods`)
