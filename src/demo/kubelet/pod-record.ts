import type { ContainerLife } from './container-life.ts'
import type { ContainerRules } from './container-rules.ts'

export interface ContainerRecord {
  readonly name: string
  readonly life: ContainerLife
  readonly rules: ContainerRules
}

export interface ResizeObstacle {
  readonly reason: 'Error'
  readonly message: string
}

/** What the kubelet knows of a pod beyond the pod itself. Times are milliseconds since the epoch. */
export interface PodRecord {
  readonly startedAt: number
  readonly now: number
  readonly ip: string
  readonly hostIp: string
  readonly containers: readonly ContainerRecord[]
  /** Why the pod cannot be run at all. */
  readonly refusal: string | undefined
  /** Why the last resize has not been carried out. */
  readonly obstacle: ResizeObstacle | undefined
  /** Since when each of our conditions has been what it is. */
  readonly conditions: Readonly<Record<string, { readonly status: string; readonly since: number }>>
}
