import type { CpuTables } from './cpu-tables.ts'
import type { PointTables } from './load-points.ts'
import type { SpanTables } from './load-spans.ts'
import type { ReadingTable } from './reading-table.ts'

/** All that was read about the usage of a scan's containers. */
export interface UsageTables {
  readonly cpu: ReadingTable
  /** What else is known about CPU. */
  readonly cpuSeries: CpuTables
  readonly memory: ReadingTable
  readonly oomLimits: ReadingTable
  readonly throttling: ReadingTable
  readonly spans: SpanTables
  readonly fewest: PointTables
  /** Of `fewest`. */
  readonly fewestSeconds: number
}
