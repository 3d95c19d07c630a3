import type { WorkloadKind } from '../../src/model/workload.ts'
import type { Scraping } from './series/sampled.ts'
import type { Span } from './series/series.ts'

/** A random world before it is made: leaving a workload out of it changes nothing about the others. */
export interface WorldPlan {
  readonly seed: number
  /** As of when it is scanned, in seconds since 1970. */
  readonly evaluatedAt: number
  readonly span: Span
  /** Since when the server knows its own metrics; undefined: it does not. */
  readonly ownHistoryFrom: number | undefined
  /** Of the four metrics that the cluster's summary is made of. */
  readonly summaryMetrics: readonly string[]
  readonly workloads: readonly WorkloadPlan[]
}

/** GroupedJobs come of jobs. */
export type PlannedKind = Exclude<WorkloadKind, 'GroupedJob'>
export interface WorkloadPlan {
  readonly kind: PlannedKind
  readonly namespace: string
  readonly name: string
  readonly labels: Readonly<Record<string, string>>
  readonly containers: readonly ContainerPlan[]
  /** In the metrics only: put in from outside. */
  readonly extraContainers: readonly string[]
  readonly generations: readonly Generation[]
  /** What kube-state-metrics says about owners: once, not at all, or twice. */
  readonly owners: 'once' | 'missing' | 'twice'
  readonly phase: 'Running' | 'Pending' | 'Succeeded'
  readonly usage: UsagePlan
  readonly selector: 'labels' | 'exists' | 'in'
  /** Pods that the API knows and no metric does. */
  readonly apiPods: number
  readonly autoscaler: AutoscalerTarget | undefined
  /** A Rollout that borrows the template of the Deployment of its name. */
  readonly borrowed: boolean
  /** Its pods have names that the unescaped names of a sibling's pods match. */
  readonly aliased: boolean
}
export type AutoscalerTarget = 'cpu' | 'memory' | 'both' | 'average_value' | 'container'

export interface ContainerPlan {
  readonly name: string
  readonly resources: { readonly requests?: Quantities; readonly limits?: Quantities }
}
export type Quantities = Readonly<Record<string, string | number>>

/** Pods with one owner, and how long they were there. */
export interface Generation extends Span {
  readonly owner: string
  readonly pods: readonly string[]
}

export interface UsagePlan {
  readonly scraping: Scraping
  readonly cores: number
  readonly bytes: number
  /** Scrape jobs that saw the containers, each for a part of the time; undefined: no such label. */
  readonly jobs: readonly { readonly name: string | undefined; readonly part: readonly [number, number] }[]
  readonly cpus: readonly string[]
  readonly restarts: 'none' | 'sequential' | 'overlapping' | 'many'
  readonly resets: boolean
  readonly poison: { readonly cpu?: number; readonly memory?: number }
  readonly missing: 'nothing' | 'cpu' | 'memory' | 'both'
  readonly oomKills: OomPlan | undefined
}
export interface OomPlan {
  readonly limitBytes: number
  /** The part of a pod's life in which it says so. */
  readonly part: readonly [number, number]
  /** The limits come from another scrape job, so that the two never meet. */
  readonly apart: boolean
}
