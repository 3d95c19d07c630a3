import type { UsageHistory } from '../../../../src/model/usage-history.ts'
import { unixSeconds } from '../../../../src/model/time.ts'
import { AT } from './make-scan.ts'

const POINTS = 168
const STEP = 7200

/** Two weeks of days and nights: CPU up to `cpu` cores, memory up to `memory` bytes, a gap of a day, and one peak. */
export function makeUsage(cpu: number, memory: number): UsageHistory {
  const at = (index: number, top: number): number | null => {
    if (index >= 48 && index < 60) return null
    if (index === 120) return top
    // Days end at 60 % of the peak.
    return top * (0.3 + 0.3 * Math.sin((2 * Math.PI * index) / 12) ** 2)
  }
  const series = (top: number): readonly (number | null)[] =>
    Array.from({ length: POINTS }, (_, index) => at(index, top))
  return { from: unixSeconds(AT - POINTS * STEP), stepSeconds: STEP, cpu: series(cpu), memory: series(memory) }
}
