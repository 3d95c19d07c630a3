import type { ReadingTable } from './reading-table.ts'
import type { PointTables } from './load-points.ts'

/** All that was read about the usage of a scan's containers. */
export interface UsageTables {
  readonly cpu: ReadingTable
  readonly memory: ReadingTable
  readonly oomLimits: ReadingTable
  readonly fewest: PointTables
  /** Of `fewest`. */
  readonly fewestSeconds: number
}
