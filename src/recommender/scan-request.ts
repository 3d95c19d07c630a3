import type { Cluster } from '../model/cluster.ts'
import type { ScanId } from '../model/ids.ts'
import type { Scope } from '../model/observation.ts'
import type { SimpleSettings } from '../model/recommendation.ts'
import type { UnixSeconds, WallMillis } from '../model/time.ts'
import type { ScanReader } from '../ports/cluster-reader.ts'
import type { UsageReader } from '../ports/usage-reader.ts'
import type { Summation } from './numbers/score.ts'

/** What to scan, and what the scan will be called. */
export interface ScanRequest {
  readonly id: ScanId
  readonly cluster: Cluster
  readonly scope: Scope
  readonly settings: SimpleSettings
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
}
