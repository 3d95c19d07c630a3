import type { Allocations, ObservedAutoscaler, Scope } from '../model/observation.ts'
import type { Problem, ProblemReason } from '../model/problem.ts'
import type {
  ClusterLabel,
  ClusterSummary,
  Info,
  KrrWarning,
  RecommendedPair,
  ScanError,
  ScannedPod,
  Severity,
} from '../model/recommendation.ts'
import type { Result } from '../model/result.ts'
import type { ChosenStrategy } from '../model/strategy.ts'
import type { UnixSeconds } from '../model/time.ts'
import type { WorkloadKind } from '../model/workload.ts'

/** What can go wrong with an installed krr; each says what to do. */
export type KrrReason = Extract<ProblemReason, `krr_${string}`>
export interface KrrProblem extends Omit<Problem, 'reason'> {
  readonly reason: KrrReason | 'bad_setting' | 'cancelled'
}

/** An installed krr. It is started for each call and is gone when the call is over. */
export interface KrrEngine {
  /** As it says itself (`v1.29.0`, `dev`). */
  version(signal?: AbortSignal): Promise<Result<string, KrrProblem>>
  scan(request: KrrRequest, signal: AbortSignal): Promise<Result<KrrAnswer, KrrProblem>>
}
export interface KrrRequest {
  readonly chosen: ChosenStrategy
  /** krr knows neither `excludeNamespaces` nor `workloads` nor `containers`: its answer has these rows too. */
  readonly scope: Scope
  /** Every query of krr's is evaluated as of this time, though krr itself asks for "now". */
  readonly at: UnixSeconds
  readonly clusterLabel?: ClusterLabel
  /** Told after every answer how many queries there were. */
  readonly progress?: (answered: number) => void
}

export interface KrrAnswer {
  readonly version: string
  readonly rows: readonly KrrRow[]
  /** Of all these rows. */
  readonly score: number
  readonly clusterSummary: ClusterSummary
  readonly errors: readonly ScanError[]
  /** Queries that krr sent, its retries included. */
  readonly queries: number
  /** What krr asked for and never got: it takes that for "no data" and says nothing. */
  readonly lost: readonly LostQuery[]
}
export interface LostQuery {
  readonly promql: string
  /** A sentence. */
  readonly why: string
}
/** One of krr's `scans`, in our words. */
export interface KrrRow {
  readonly kind: WorkloadKind
  readonly namespace: string
  readonly name: string
  readonly container: string
  readonly allocations: Allocations
  readonly labels: Readonly<Record<string, string>>
  readonly pods: readonly ScannedPod[]
  readonly autoscaler: KrrAutoscaler | null
  readonly warnings: readonly KrrWarning[]
  readonly requests: RecommendedPair
  readonly limits: RecommendedPair
  readonly info: { readonly cpu: Info; readonly memory: Info }
  readonly severity: Severity
}
/** krr does not say whose it is: the row's. */
export type KrrAutoscaler = Omit<ObservedAutoscaler, 'namespace' | 'targetKind' | 'targetName'>

/** The paths that krr asks. */
export type QueryPath = '/api/v1/query' | '/api/v1/query_range'
/**
 * Sends one query of krr's with our own transport, so that krr needs neither address nor credential. Once: krr tries
 * again by itself. A failure is for a server that gave no answer; whatever it answered goes back to krr.
 */
export type ForwardQuery = (
  path: QueryPath,
  form: Readonly<Record<string, string>>,
  signal: AbortSignal,
) => Promise<Result<ForwardedAnswer>>
export interface ForwardedAnswer {
  readonly status: number
  readonly body: string
}
