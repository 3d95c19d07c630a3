import type { ClusterLabel } from '../model/recommendation.ts'
import type { Problem } from '../model/problem.ts'
import type { Result } from '../model/result.ts'
import type { UnixSeconds } from '../model/time.ts'

/** One row of an instant vector. */
export interface Sample {
  readonly labels: Readonly<Record<string, string>>
  /** May be NaN or ±Infinity: the server can say so. */
  readonly value: number
}
export interface RangeSeries {
  readonly labels: Readonly<Record<string, string>>
  readonly points: readonly (readonly [at: UnixSeconds, value: number])[]
}

/** `tooMuch`: the server could not carry out this query as it is (limits, time); asking for less may work. */
export interface UsageProblem extends Problem {
  readonly tooMuch: boolean
}

/** Prometheus' query API, and nothing else of it. Partial answers are refused, never returned. */
export interface UsageReader {
  /** Scheme, host and port: said with every number. */
  readonly origin: string
  /** `Prometheus`, `Thanos`, `Mimir`, `VictoriaMetrics`, where that is known. */
  readonly engine?: string
  /** What people should know about this connection: plain HTTP, TLS not verified, found by itself. Sentences. */
  readonly notes?: readonly string[]
  /** The series of several clusters are here: this label says which are meant. Goes into every query. */
  readonly clusterLabel?: ClusterLabel
  instant(promql: string, at: UnixSeconds, signal?: AbortSignal): Promise<Result<readonly Sample[], UsageProblem>>
  range(
    promql: string,
    window: RangeWindow,
    signal?: AbortSignal,
  ): Promise<Result<readonly RangeSeries[], UsageProblem>>
}
export interface RangeWindow {
  readonly start: UnixSeconds
  readonly end: UnixSeconds
  readonly stepSeconds: number
}
