import type { JsonObject } from './json.ts'
import type { Bytes, Cores } from './quantity.ts'
import type { ContainerRef } from './workload.ts'

/** `null` = not set; `'?'` = set to something that is no quantity (custom resources allow that). */
export type Allocated<Unit extends number> = Unit | null | '?'
export interface Allocation {
  readonly cpu: Allocated<Cores>
  readonly memory: Allocated<Bytes>
}
export interface Allocations {
  readonly requests: Allocation
  readonly limits: Allocation
}

/** Kubernetes' own label selector, as the workload has it. */
export interface LabelSelector {
  readonly matchLabels?: Readonly<Record<string, string>>
  readonly matchExpressions?: readonly {
    readonly key: string
    readonly operator: string
    readonly values?: readonly string[]
  }[]
}

/** One container of one workload's template: a row of a scan. */
export interface ObservedContainer extends ContainerRef {
  readonly uid: string
  readonly labels: Readonly<Record<string, string>>
  readonly allocations: Allocations
  /** Of the workload's pods; absent where pods are found by owner alone (jobs). */
  readonly selector?: LabelSelector
  /** The jobs of a GroupedJob: its pods are theirs. Of a CronJob: those that are there now. */
  readonly jobs?: readonly string[]
  /** A native sidecar: an init container that keeps running. krr does not see these. */
  readonly sidecar?: true
  /** Where what was read differs from what krr would have read, on purpose. */
  readonly deviations?: readonly Deviation[]
}

/**
 * A wanted difference from krr, said with the row it touches (reference: krr's register of quirks).
 * - `native_sidecar`: krr does not list init containers that keep running.
 * - `exact_quantity`: krr cannot read this quantity and ends its scan.
 * - `own_jobs`: krr asks about another group's jobs, or takes another namespace's template, where groups share their first job.
 * - `chunked_range`: krr's range query is more than a stock Prometheus answers.
 * - `infinite_usage`: krr drops the row without a word.
 * - `one_step`: krr stretches the step on Amazon's Prometheus.
 */
export type Deviation =
  | 'native_sidecar'
  | 'exact_quantity'
  | 'own_jobs'
  | 'chunked_range'
  | 'infinite_usage'
  | 'one_step'

/** Something that runs and that no row can speak for: a bare pod, or one whose owner is of a kind nobody knows here. */
export interface UnscannedWorkload {
  /** `Pod`, or the owner's kind. */
  readonly kind: string
  readonly namespace: string
  readonly name: string
  readonly pods: number
  readonly reason: 'bare_pod' | 'unknown_owner'
}

/** What krr keeps of a HorizontalPodAutoscaler: averages of the first `Resource` metric of each resource. */
export interface ObservedAutoscaler {
  readonly namespace: string
  readonly targetKind: string
  readonly targetName: string
  readonly minReplicas: number | null
  readonly maxReplicas: number | null
  readonly currentReplicas: number | null
  readonly desiredReplicas: number | null
  readonly cpuUtilization: number | null
  readonly memoryUtilization: number | null
}

/** A pod as the cluster's API has it now. */
export interface ObservedPod {
  readonly namespace: string
  readonly name: string
  readonly uid: string
  readonly phase: string
  readonly labels: Readonly<Record<string, string>>
  /** The controller that made it. */
  readonly owner?: { readonly kind: string; readonly name: string; readonly uid: string }
}

/** `krr`: what krr does, where it can be done safely; `fixed` (the default): its slips mended, and each said. */
export type Compat = 'krr' | 'fixed'

/** What part of the cluster a scan looks at: krr's filters with krr's meaning, and what krr's users miss. */
export interface Scope {
  /** Empty: every namespace but kube-system. Values with regex characters are matched in full against the list of namespaces. */
  readonly namespaces: readonly string[]
  /** Names or patterns, as in `namespaces`; these win. */
  readonly excludeNamespaces?: readonly string[]
  /** Empty: every kind. */
  readonly kinds: readonly string[]
  /** A label selector on the workload. */
  readonly selector?: string
  /** Names of workloads; `*` stands for any characters. Absent or empty: all. */
  readonly workloads?: readonly string[]
  /** Names of containers, in the same way. */
  readonly containers?: readonly string[]
  /** Jobs with one of these labels are one workload per value of it, instead of one each. */
  readonly jobGrouping?: { readonly labels: readonly string[]; readonly limit: number }
  /** How jobs are listed: objects per page, and at most so many pages. */
  readonly jobPages?: { readonly size: number; readonly most: number }
  readonly compat?: Compat
}

/** A kind that could not be listed: said, never silently empty. */
export interface UnreadKind {
  readonly kind: string
  readonly reason: 'not_served' | 'forbidden' | 'error'
  readonly message: string
}
export interface WorkloadListing {
  readonly containers: readonly ObservedContainer[]
  readonly unread: readonly UnreadKind[]
  /** Running pods that no row speaks for. Absent in krr's way. */
  readonly unscanned?: readonly UnscannedWorkload[]
  /** Where was looked: in these namespaces (empty: in all), without those. */
  readonly looked?: { readonly namespaces: readonly string[]; readonly except: readonly string[] }
}

/** A Kubernetes object, verbatim. */
export type KubeObject = JsonObject
