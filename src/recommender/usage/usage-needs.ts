import type { MetricWindow } from '../metric-window.ts'

/** What a strategy wants to know about every container. */
export interface UsageNeeds {
  readonly window: MetricWindow
  readonly cpu: CpuNeed
  readonly oomLimits: boolean
  /** How much the CPU limit throttles. */
  readonly throttling: boolean
  /** How many points make enough data. */
  readonly pointsRequired: number
}

/** One quantile per pod, made by the server, or percentiles over all points of all pods, made here as numpy makes them. */
export type CpuNeed =
  | { readonly kind: 'quantile'; readonly literal: string }
  | {
      readonly kind: 'percentiles'
      readonly percents: readonly number[]
      /** krr does not cut this to whole days, as it does for other queries. */
      readonly historySeconds: number
    }
