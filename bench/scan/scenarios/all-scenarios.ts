import type { KrrCommand } from '../../../src/adapters/krr-cli/krr-command.ts'
import type { Bench, ScenarioResult } from '../bench.ts'
import type { SizeName } from '../sizes.ts'
import { caching_performance } from './caching-performance.ts'
import { concurrent_request_handling } from './concurrent-request-handling.ts'
import { large_cluster_simulation } from './large-cluster-simulation.ts'
import { memory_usage_optimization } from './memory-usage-optimization.ts'
import { queryCosts } from './query-costs.ts'
import { sideBySide } from './side-by-side.ts'

export interface Scenario {
  /** The worlds that it is about, unless it is asked for by name. */
  readonly sizes: readonly SizeName[]
  readonly run: (bench: Bench, krr: KrrCommand | undefined) => Promise<ScenarioResult>
}
export type ScenarioName =
  | 'side_by_side'
  | 'large_cluster_simulation'
  | 'concurrent_request_handling'
  | 'memory_usage_optimization'
  | 'caching_performance'
  | 'query_costs'

/** By the names under which they are asked for. */
export const SCENARIOS: Readonly<Record<ScenarioName, Scenario>> = {
  side_by_side: { sizes: ['small', 'medium'], run: sideBySide },
  large_cluster_simulation: { sizes: ['large'], run: large_cluster_simulation },
  concurrent_request_handling: { sizes: ['medium'], run: concurrent_request_handling },
  memory_usage_optimization: { sizes: ['large'], run: memory_usage_optimization },
  /** For whoever looks for what is slow. */
  query_costs: { sizes: [], run: queryCosts },
  caching_performance: { sizes: ['medium'], run: caching_performance },
}
