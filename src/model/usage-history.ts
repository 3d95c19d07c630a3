import type { UnixSeconds } from './time.ts'

/**
 * Usage of one container over time, for people to look at: at each step the highest of its pods, cores and bytes; null
 * where none was seen. Looked at in coarse steps: numbers rest on the scan's evidence, not on this.
 */
export interface UsageHistory {
  readonly from: UnixSeconds
  readonly stepSeconds: number
  readonly cpu: readonly (number | null)[]
  readonly memory: readonly (number | null)[]
}

/** What a container lived through in the window, as of the scan. Null where the metrics do not say. */
export interface UsageDetails {
  /** Bytes: the highest sample of all, not only of those on the scan's grid. */
  readonly rawPeakMemory: number | null
  /** 0 to 1: periods throttled by the CPU limit, in the worst hour of the worst pod. */
  readonly throttledShare: number | null
  /** Containers whose last end was an OOM kill, at any time in the window. */
  readonly oomKilled: number | null
  /** Over all pods. */
  readonly restarts: number | null
}

/** How the recommended values would have done over the scan's window, at the scan's steps. */
export interface Backtest {
  /** Points at which a pod used more than the recommended request, and all points. */
  readonly cpuOverRequest: ShareOfPoints | null
  readonly memoryOverRequest: ShareOfPoints | null
  /** More than the limit: it would have been killed. */
  readonly memoryOverLimit: ShareOfPoints | null
}
export interface ShareOfPoints {
  readonly over: number
  readonly points: number
}
