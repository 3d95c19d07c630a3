import { bytes, cores, cpuQuantity, memoryQuantity, toMillicores } from '../../model/quantity.ts'
import type { ResourceName } from '../../model/plan.ts'

const DECIMAL: readonly (readonly [factor: number, suffix: string])[] = [
  [1e15, 'P'],
  [1e12, 'T'],
  [1e9, 'G'],
  [1e6, 'M'],
  [1e3, 'k'],
]

/** Bytes that are no multiple of 1024: the server stores them with a decimal suffix, as large as divides them. */
function decimalQuantity(value: number): string {
  const found = DECIMAL.find(([factor]) => value % factor === 0)
  return found && value > 0 ? `${value / found[0]}${found[1]}` : String(value)
}

/**
 * A recommended value (cores or bytes) as the text that the API server will store for it: whole millicores, whole bytes,
 * rounded up. Any other spelling would be stored differently from what was shown, and an undo that tests it would fail.
 */
export function writtenQuantity(resource: ResourceName, value: number): string {
  if (resource === 'cpu') return cpuQuantity(toMillicores(cores(value)))
  const whole = Math.ceil(value - 1e-6)
  return whole % 1024 === 0 ? memoryQuantity(bytes(whole)) : decimalQuantity(whole)
}
