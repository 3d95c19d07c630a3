import type { ClusterFingerprint } from '../model/cluster.ts'
import type { KubeObject, ObservedAutoscaler, ObservedPod, Scope, WorkloadListing } from '../model/observation.ts'
import type { Result } from '../model/result.ts'
import type { WorkloadRef } from '../model/workload.ts'

/** What a scan reads of the cluster. */
export interface ScanReader {
  fingerprint(): Promise<Result<ClusterFingerprint>>
  /** Containers of all workloads in scope, in krr's order; kinds that could not be read are named. */
  workloads(scope: Scope): Promise<Result<WorkloadListing>>
  /** krr's view of the autoscalers in scope (krr applies the label selector to them too). */
  autoscalers(scope: Scope): Promise<Result<readonly ObservedAutoscaler[]>>
  /** Pods; `namespaces` empty = all. */
  pods(query: PodQuery): Promise<Result<readonly ObservedPod[]>>
}
export interface PodQuery {
  readonly namespaces: readonly string[]
  readonly labelSelector?: string
  readonly fieldSelector?: string
}

/** What previews and verification read: objects verbatim, and the pods and replica sets behind them. */
export interface ObjectReader {
  fingerprint(): Promise<Result<ClusterFingerprint>>
  workload(ref: WorkloadRef): Promise<Result<KubeObject>>
  /** Every page, whole objects. `namespace` undefined = all namespaces. An API group that is not served gives `api_not_found`. */
  list(query: ListQuery): Promise<Result<readonly KubeObject[]>>
}
export interface ListQuery {
  /** e.g. `/api/v1`, `/apis/apps/v1`, `/apis/autoscaling/v2`. */
  readonly api: string
  readonly plural: string
  readonly namespace?: string
  readonly labelSelector?: string
}
