/** What krr's strategies have in common, in krr's units. */
export interface CommonSettings {
  readonly historyHours: number
  readonly timeframeMinutes: number
  readonly memoryBufferPercentage: number
  readonly pointsRequired: number
  readonly allowHpa: boolean
  readonly useOomkillData: boolean
  readonly oomMemoryBufferPercentage: number
  /** Millicores. */
  readonly cpuMin: number
  /** MiB. */
  readonly memoryMin: number
}

/** krr's `simple`. */
export interface SimpleSettings extends CommonSettings {
  readonly cpuPercentile: number
}
/** krr's `simple_limit`: two percentiles over all points of all pods. */
export interface SimpleLimitSettings extends CommonSettings {
  readonly cpuRequest: number
  readonly cpuLimit: number
}
/** Ours: looks at throttling and OOM kills as well, and leaves headroom. */
export interface UsageAwareSettings extends CommonSettings {
  readonly cpuPercentile: number
  /** Added to the CPU percentile. */
  readonly cpuHeadroomPercentage: number
  /** With more of its periods throttled than this, a container's CPU usage says nothing about its demand. */
  readonly throttledAbovePercentage: number
}

/** A strategy, with every setting it has. */
export type ChosenStrategy =
  | { readonly strategy: 'simple'; readonly settings: SimpleSettings }
  | { readonly strategy: 'simple_limit'; readonly settings: SimpleLimitSettings }
  | { readonly strategy: 'usage_aware'; readonly settings: UsageAwareSettings }
export type StrategyName = ChosenStrategy['strategy']
export type StrategySettings = ChosenStrategy['settings']

/** krr's command names have a dash. */
export const strategyCommand = (name: StrategyName): string => name.replaceAll('_', '-')
