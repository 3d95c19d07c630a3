import type { Cluster } from './cluster.ts'
import type { ScanId } from './ids.ts'
import type {
  Allocations,
  Compat,
  Deviation,
  ObservedAutoscaler,
  ObservedContainer,
  Scope,
  UnreadKind,
  UnscannedWorkload,
} from './observation.ts'
import type { ChosenStrategy } from './strategy.ts'
import type { UnixSeconds, WallMillis } from './time.ts'

/** krr's words for why a resource has no number. */
export type WithheldInfo = 'No data' | 'Not enough data' | 'HPA detected'
export type Severity = 'UNKNOWN' | 'GOOD' | 'OK' | 'WARNING' | 'CRITICAL'

/** `null`: krr says "do not set this"; `'?'`: withheld, with the reason in `info`. Cores or bytes. */
export type Recommended = number | null | '?'
export interface RecommendedField {
  readonly value: Recommended
  readonly severity: Severity
}
export interface RecommendedPair {
  readonly cpu: RecommendedField
  readonly memory: RecommendedField
}
/** krr's `info`, per resource: why withheld, that an OOM kill was seen, or null. `Throttled` is ours (usage-aware). */
export type Info = WithheldInfo | 'OOMKill detected' | 'Throttled' | null

export interface ScannedPod {
  readonly name: string
  /** krr's word for "not running now". */
  readonly deleted: boolean
}

/** One query that a number rests on. */
export interface EvidenceQuery {
  readonly purpose: string
  readonly promql: string
  /** Evaluated as of. */
  readonly at: UnixSeconds
}
export interface PodEvidence {
  readonly pod: string
  readonly value: number
  /** Which scrape job the value was taken from, where several had one. */
  readonly job?: string
}
/** How much of the window had data, over all pods of a container. Looked at in coarse steps. */
export interface SeenSpan {
  readonly from: UnixSeconds
  readonly to: UnixSeconds
  /** Share of the steps between `from` and `to` at which any pod had a sample, 0 to 1. */
  readonly covered: number
  /** Seconds between two samples lately; null where no pod had two. */
  readonly scrapeSeconds: number | null
}

/**
 * What to know before trusting a row.
 * - `short_history`: there is less than was asked for; the window is what there is.
 * - `old_data`: the last sample is long before the scan.
 * - `gaps`: much of the window has no sample.
 * - `sparse_scrapes`: samples are too far apart for rates over one step.
 * - `duplicate_series`: the same container is in the metrics more than once (replicas of a scraper, or two scrapers).
 * - `per_cpu_series`: usage is kept per CPU; krr takes the busiest CPU's.
 * - `autoscaler_not_considered`: an autoscaler steers by something krr does not look at.
 * - `listed_twice`: another row is about the same pods.
 */
export type MarkKind =
  | 'short_history'
  | 'old_data'
  | 'gaps'
  | 'sparse_scrapes'
  | 'duplicate_series'
  | 'per_cpu_series'
  | 'autoscaler_not_considered'
  | 'listed_twice'
export interface Mark {
  readonly kind: MarkKind
  /** A sentence with the numbers, and what to do. */
  readonly text: string
}

/** Why a number is what it is. */
export interface ResourceEvidence {
  readonly queries: readonly EvidenceQuery[]
  readonly windowSeconds: number
  readonly stepSeconds: number
  /** Points counted over all pods; a lower bound where a shorter window was enough to decide. */
  readonly points: { readonly counted: number; readonly windowSeconds: number; readonly required: number }
  readonly perPod: readonly PodEvidence[]
  /** What there was to look at; absent where it was not asked for, or nothing was seen. */
  readonly seen?: SeenSpan
  /** A sentence: the rule that set the number, with its inputs. */
  readonly rule: string
}
export interface Evidence {
  readonly cpu: ResourceEvidence
  readonly memory: ResourceEvidence
}

export type KrrWarning = 'NoPrometheusPods' | 'NoPrometheusCPUMetrics' | 'NoPrometheusMemoryMetrics'

export interface ScanRow {
  /** 1, 2, …: how people and tools name a row within its scan. */
  readonly row: number
  readonly container: ObservedContainer
  readonly pods: readonly ScannedPod[]
  readonly autoscaler: ObservedAutoscaler | null
  readonly warnings: readonly KrrWarning[]
  readonly requests: RecommendedPair
  readonly limits: RecommendedPair
  readonly info: { readonly cpu: Info; readonly memory: Info }
  readonly severity: Severity
  readonly evidence: Evidence
  readonly marks: readonly Mark[]
  readonly deviations: readonly Deviation[]
}

/** A row that could not be computed at all: said, never dropped. */
export interface WithheldRow {
  readonly row: number
  readonly container: ObservedContainer
  readonly reason: string
}

/** Whether the metrics are about this cluster's pods: ≥ 90 % of the running pods in scope appear with the same UID. */
export type Binding =
  | { readonly kind: 'bound'; readonly matched: number; readonly running: number }
  | { readonly kind: 'unbound'; readonly matched: number; readonly running: number; readonly reason: string }

/** krr's `clusterSummary` (bytes and cores); empty when any part is missing. */
export type ClusterSummary = Readonly<Record<string, number>>

export interface ScanError {
  readonly name: string
  readonly retry_after?: string
}

/** Who computed the numbers: this program, or an installed krr of that version. */
export type Engine = { readonly name: 'native' } | { readonly name: 'krr'; readonly version: string }

export type Scan = ChosenStrategy & ScanFacts
export interface ScanFacts {
  readonly id: ScanId
  readonly cluster: Cluster
  readonly engine: Engine
  readonly compat: Compat
  readonly scope: Scope
  /** Every query was evaluated as of this time. */
  readonly evaluatedAt: UnixSeconds
  readonly takenAt: WallMillis
  readonly rows: readonly ScanRow[]
  readonly withheld: readonly WithheldRow[]
  readonly unread: readonly UnreadKind[]
  readonly unscanned: readonly UnscannedWorkload[]
  readonly binding: Binding
  readonly score: number
  readonly clusterSummary: ClusterSummary
  readonly errors: readonly ScanError[]
  /** What holds for the scan as a whole: remarks of the server, settings that krr rounds. Sentences. */
  readonly notes: readonly string[]
  readonly prometheus: ScannedPrometheus
}
export interface ScannedPrometheus {
  readonly origin: string
  readonly queries: number
  readonly closedRanges: boolean
  /** `Prometheus`, `Thanos`, `Mimir`, `VictoriaMetrics`, where it was discovered. */
  readonly engine?: string
  /** The series' label that names the cluster, and its value. */
  readonly clusterLabel?: ClusterLabel
}
export interface ClusterLabel {
  readonly name: string
  readonly value: string
}

export type { Allocations }
