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
  instant(promql: string, at: UnixSeconds): Promise<Result<readonly Sample[], UsageProblem>>
  range(promql: string, window: RangeWindow): Promise<Result<readonly RangeSeries[], UsageProblem>>
}
export interface RangeWindow {
  readonly start: UnixSeconds
  readonly end: UnixSeconds
  readonly stepSeconds: number
}
