import type { Cluster } from './cluster.ts'
import type { ScanId } from './ids.ts'
import type { Allocations, ObservedAutoscaler, ObservedContainer, UnreadKind } from './observation.ts'
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
/** krr's `info`, per resource: why withheld, that an OOM kill was seen, or null. */
export type Info = WithheldInfo | 'OOMKill detected' | null

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
/** Why a number is what it is. */
export interface ResourceEvidence {
  readonly queries: readonly EvidenceQuery[]
  readonly windowSeconds: number
  readonly stepSeconds: number
  /** Points counted over all pods; a lower bound where a shorter window was enough to decide. */
  readonly points: { readonly counted: number; readonly windowSeconds: number; readonly required: number }
  readonly perPod: readonly PodEvidence[]
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
}

/** A row that could not be computed at all: said, never dropped. */
export interface WithheldRow {
  readonly row: number
  readonly container: ObservedContainer
  readonly reason: string
}

/** krr's `simple` strategy and its settings, in krr's units. */
export interface SimpleSettings {
  readonly historyHours: number
  readonly timeframeMinutes: number
  readonly cpuPercentile: number
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

export interface Scan {
  readonly id: ScanId
  readonly cluster: Cluster
  readonly strategy: 'simple'
  readonly settings: SimpleSettings
  readonly scope: {
    readonly namespaces: readonly string[]
    readonly kinds: readonly string[]
    readonly selector?: string
  }
  /** Every query was evaluated as of this time. */
  readonly evaluatedAt: UnixSeconds
  readonly takenAt: WallMillis
  readonly rows: readonly ScanRow[]
  readonly withheld: readonly WithheldRow[]
  readonly unread: readonly UnreadKind[]
  readonly binding: Binding
  readonly score: number
  readonly clusterSummary: ClusterSummary
  readonly errors: readonly ScanError[]
  readonly prometheus: { readonly origin: string; readonly queries: number; readonly closedRanges: boolean }
}

export type { Allocations }
