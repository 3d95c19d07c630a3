import type { Recommended } from '../../model/recommendation.ts'

const UNITS = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB', 'EiB'] as const

/** Cores as people read them, to the millicore that a change would write: `250m`, `1.916`; `unset` and `?` as krr says them. */
export function cpuText(value: Recommended): string {
  if (typeof value !== 'number') return unsetOrUnknown(value)
  return value < 1 ? `${tidy(value * 1000)}m` : String(Number(value.toFixed(3)))
}

/** Bytes as people read them: `128Mi`, `1.5Gi`. */
export function memoryText(value: Recommended): string {
  if (typeof value !== 'number') return unsetOrUnknown(value)
  let rest = value
  let unit = 0
  while (rest >= 1024 && unit < UNITS.length - 1) {
    rest /= 1024
    unit += 1
  }
  const name = UNITS[unit] ?? 'B'
  return `${tidy(rest)}${name === 'B' ? '' : name.slice(0, 2)}`
}

const unsetOrUnknown = (value: null | '?'): string => value ?? 'unset'
/** At most two decimals, and none where they say nothing. */
const tidy = (value: number): string => String(Number(value.toFixed(value < 10 ? 2 : value < 100 ? 1 : 0)))
