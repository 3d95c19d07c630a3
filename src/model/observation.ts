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
  /** The jobs of a GroupedJob: its pods are theirs. */
  readonly jobs?: readonly string[]
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
}

/** What part of the cluster a scan looks at; krr's filters with krr's meaning. */
export interface Scope {
  /** Empty: every namespace but kube-system. Values with regex characters are matched in full against the list of namespaces. */
  readonly namespaces: readonly string[]
  /** Empty: every kind. */
  readonly kinds: readonly string[]
  /** A label selector on the workload. */
  readonly selector?: string
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
}

/** A Kubernetes object, verbatim. */
export type KubeObject = JsonObject
