import { cpuRangeQueries } from './usage/cpu-range.ts'
import { isTogether } from './usage/together.ts'
import type { UsageLoad } from './usage/usage-load.ts'

/** How many queries the usage of a scan takes at least; exact counts and several series may need a few more. */
export function expectedQueries(load: UsageLoad): number {
  const { shards, needs } = load
  const merged = isTogether(load) ? 2 : 0
  // Memory, and all that is light.
  const always = 2
  const perShard =
    always + (needs.cpu.kind === 'quantile' ? 1 : 0) + (needs.oomLimits ? 1 : 0) + (needs.throttling ? 1 : 0)
  return shards.length * perShard - merged + (needs.cpu.kind === 'percentiles' ? cpuRangeQueries(load, needs.cpu) : 0)
}
