import { bytes, cores, cpuQuantity, memoryQuantity, toMillicores } from '../../model/quantity.ts'
import type { ResourceName } from '../../model/plan.ts'

const DECIMAL: readonly (readonly [factor: number, suffix: string])[] = [
  [1e15, 'P'],
  [1e12, 'T'],
  [1e9, 'G'],
  [1e6, 'M'],
  [1e3, 'k'],
]

/** With a decimal suffix, the largest that leaves no fraction. */
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
  const [binary, decimal] = [memoryQuantity(bytes(whole)), decimalQuantity(whole)]
  // The server keeps the family of suffix that it was given, so the one that people can read is ours to choose. A bare
  // number counts as decimal there, and would come back as `1k`.
  return whole % 1024 === 0 && binary.length <= decimal.length ? binary : decimal
}
