import type { MetricWindow } from '../metric-window.ts'

/** What a strategy wants to know about every container. */
export interface UsageNeeds {
  readonly window: MetricWindow
  /** PromQL's literal of the quantile of CPU per pod. */
  readonly cpuQuantile: string
  readonly oomLimits: boolean
  /** How many points make enough data. */
  readonly pointsRequired: number
}
