import type { Source } from './cluster.ts'

/** What a scan would cost the metrics server; found out with a handful of light queries. */
export interface ScanEstimate {
  readonly workloads: number
  readonly containers: number
  /** Pods of the window, those that are gone too. */
  readonly pods: number
  /** At least so many. */
  readonly queries: number
  /** Points the server evaluates for CPU and memory, about. */
  readonly points: number
  /** Points of the largest single query, about: servers limit these. */
  readonly largestQuery: number
}
/** The same, with whom it is about. */
export interface NamedEstimate extends ScanEstimate {
  /** The context's name. */
  readonly cluster: string
  readonly source: Source
  /** Of the metrics server. */
  readonly origin: string
}
