import type { SeenSpan } from '../../model/recommendation.ts'
import type { Reading } from './reading.ts'

/** Points over all pods of a container. `counted` is a lower bound where the window is shorter than the scan's. */
export interface PointCount {
  readonly counted: number
  readonly windowSeconds: number
  readonly required: number
}
/** The reading that counts for a pod, and how many scrape jobs had one. */
export interface ChosenReading extends Reading {
  readonly jobs: number
}
/** What the metrics say about one container of a workload: one reading per pod that has any. */
export interface ContainerUsage {
  readonly cpu: readonly ChosenReading[]
  readonly memory: readonly ChosenReading[]
  /** The memory limits under which pods were killed; empty unless asked for. */
  readonly oomLimits: readonly ChosenReading[]
  readonly cpuPoints: PointCount
  /** Over all points of all pods, as the strategy asked for. */
  readonly cpuPercentiles?: readonly number[]
  /** The worst pod's, 0 to 1; absent where it was not asked for, or nothing is known. */
  readonly throttledShare?: number
  /** When there was data. */
  readonly seen?: SeenSpan
  /** The metrics have this container more than once at a time. */
  readonly duplicates: boolean
  readonly perCpu: boolean
  readonly memoryPoints: PointCount
}
