import { askTogether } from '../ask-together.ts'
import { decidingWindow } from './load-points.ts'
import { selectorOf } from './shard.ts'
import type { UsageLoad } from './usage-load.ts'
import { usageQueries } from './usage-queries.ts'

/** Points of each metric; about sixty series of two weeks. */
const FEW_POINTS = 1_000_000

/** Whether all that is asked of every container is asked in one query. */
export const isTogether = ({ shards, pods, needs }: UsageLoad): boolean =>
  shards.length === 1 &&
  needs.cpu.kind === 'quantile' &&
  pods.reduce((sum, { points }) => sum + points, 0) <= FEW_POINTS

/** Of a small cluster CPU, memory and what is light come in one answer; of any other the load is left as it is. */
export function together(load: UsageLoad): UsageLoad {
  const { session, needs, shards } = load
  const [shard] = shards
  if (!shard || needs.cpu.kind !== 'quantile' || !isTogether(load)) return load
  const selector = selectorOf(shard) + session.clusterMatcher
  const deciding = decidingWindow(needs.window, needs.pointsRequired)
  const queries = [
    usageQueries.cpuQuantile(needs.cpu.literal),
    usageQueries.memoryPeak,
    usageQueries.light(deciding),
  ].map((query) => query(selector, needs.window))
  return { ...load, session: askTogether(session, queries) }
}
