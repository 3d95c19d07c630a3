import type { MetricWindow } from '../metric-window.ts'
import type { PodsOfContainer } from '../discovery/pods-of-container.ts'
import type { UsageSession } from '../usage-session.ts'
import type { Shard, ShardPod } from './shard.ts'
import type { UsageNeeds } from './usage-needs.ts'

/** What every loader of usage works with. */
export interface UsageLoad {
  readonly session: UsageSession
  readonly needs: UsageNeeds
  readonly containers: readonly PodsOfContainer[]
  readonly pods: readonly ShardPod[]
  readonly shards: readonly Shard[]
  /** Points one query may touch. */
  readonly budget: number
  /** More points than a stock server answers in a range are asked for in pieces; krr gets nothing then. */
  readonly longRanges: boolean
  /** A query over the scan's window, for any selector. */
  promql(query: (selector: string, window: MetricWindow) => string): (selector: string) => string
}

export const usageLoad = (parts: Omit<UsageLoad, 'promql'>): UsageLoad => ({
  ...parts,
  promql: (query) => (selector) => query(selector, parts.needs.window),
})
