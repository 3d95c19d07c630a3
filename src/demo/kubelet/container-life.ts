import type { Resources } from './pod.ts'

export interface Termination {
  readonly reason: 'OOMKilled' | 'Error' | 'Completed'
  readonly exitCode: number
  readonly startedAt: number
  readonly finishedAt: number
}

/** Where a container is in its life. Times are milliseconds since the epoch. */
export type ContainerState =
  | { readonly kind: 'running'; readonly since: number }
  /** Final: by its pod's restart policy it stays that way. */
  | { readonly kind: 'terminated'; readonly termination: Termination; readonly final: boolean }
  | { readonly kind: 'backing_off'; readonly until: number; readonly delay: number }

export interface ContainerLife {
  readonly state: ContainerState
  readonly restarts: number
  /** How it ended the time before. */
  readonly last: Termination | undefined
  /** What it runs with, which a resize changes only when it has been carried out. */
  readonly resources: Resources
}
