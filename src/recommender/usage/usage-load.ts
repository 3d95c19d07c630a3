import type { MetricWindow } from '../metric-window.ts'
import type { UsageSession } from '../usage-session.ts'
import { selectorOf } from './shard.ts'
import type { Shard, ShardPod } from './shard.ts'
import type { UsageNeeds } from './usage-needs.ts'

/** What every loader of usage works with. */
export interface UsageLoad {
  readonly session: UsageSession
  readonly needs: UsageNeeds
  readonly pods: readonly ShardPod[]
  readonly shards: readonly Shard[]
  /** Points one query may touch. */
  readonly budget: number
  /** A query over the scan's window, for any shard. */
  promql(query: (selector: string, window: MetricWindow) => string): (shard: Shard) => string
}

export const usageLoad = (parts: Omit<UsageLoad, 'promql'>): UsageLoad => ({
  ...parts,
  promql: (query) => (shard) => query(selectorOf(shard), parts.needs.window),
})
