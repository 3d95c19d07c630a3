import type { Allocated } from '../../model/observation.ts'
import type { Recommended } from '../../model/recommendation.ts'
import { pythonFloat } from './python-float.ts'

const UNITS = ['', 'Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei'] as const

/**
 * An amount in krr's own words, for its CSV: `15m` below one, Python's float below 1024, else whole units, of which there
 * are always at least ten. The same for cores and bytes.
 */
export function krrQuantity(value: Recommended | Allocated<number>): string {
  if (value === null) return 'unset'
  if (value === '?') return '?'
  if (value < 1) return `${Math.trunc(value * 1000)}m`
  if (value < 1024) return pythonFloat(value)
  const whole = Math.trunc(value)
  const unit = UNITS.findIndex((_, at) => whole / 1024 ** (at + 1) < 10)
  const at = unit < 0 ? UNITS.length - 1 : unit
  return `${halfEven(whole / 1024 ** at)}${UNITS[at] ?? ''}`
}

/** Python rounds a half to the even neighbour, JavaScript upwards. */
function halfEven(value: number): string {
  const below = Math.floor(value)
  const half = value - below === 0.5
  const rounded = half ? below + (below % 2) : Math.round(value)
  return BigInt(rounded).toString()
}
