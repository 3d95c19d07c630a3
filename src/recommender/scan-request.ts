import type { Cluster } from '../model/cluster.ts'
import type { ScanId } from '../model/ids.ts'
import type { Scope } from '../model/observation.ts'
import type { ChosenStrategy } from '../model/strategy.ts'
import type { UnixSeconds, WallMillis } from '../model/time.ts'
import type { ScanReader } from '../ports/cluster-reader.ts'
import type { UsageReader } from '../ports/usage-reader.ts'
import type { Summation } from './numbers/score.ts'
import type { ScanProgress } from './scan-progress.ts'

/** What to scan, and what the scan will be called. */
export interface ScanRequest {
  readonly id: ScanId
  readonly cluster: Cluster
  readonly scope: Scope
  readonly chosen: ChosenStrategy
  /** Every query is evaluated as of this time. */
  readonly evaluatedAt: UnixSeconds
  readonly takenAt: WallMillis
}
export interface ScanPorts {
  readonly cluster: ScanReader
  readonly usage: UsageReader
}
export interface ScanOptions {
  /** krr's score depends on the Python it runs on; 3.12 unless told. */
  readonly summation?: Summation
  /** Points that one query may touch. */
  readonly pointBudget?: number
  /** Queries under way at once; 4 unless told. */
  readonly concurrency?: number
  /** Aborted: nothing more is asked, and the scan ends with `cancelled`. */
  readonly signal?: AbortSignal
  readonly progress?: (progress: ScanProgress) => void
}
