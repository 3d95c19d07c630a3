import type { PodsOfContainer } from '../discovery/pods-of-container.ts'
import type { ReadingTable } from './reading-table.ts'
import type { SeriesFacts } from './series-facts.ts'

/** What a scan knows about CPU usage: a reading per pod, and what the strategy needs beyond. */
export interface CpuTables {
  readonly readings: ReadingTable
  readonly series: SeriesFacts
  /** Over all points of all pods of a container; undefined where the strategy asks for a quantile per pod. */
  readonly percentilesOf?: (container: PodsOfContainer) => readonly number[] | undefined
}
