import type { WallMillis } from './time.ts'

export const TIERS = ['changes', 'health', 'readiness', 'stability'] as const
export type Tier = (typeof TIERS)[number]

/** What one look at one tier says. `fail` names whether resources can be the cause: only then may undoing help. */
export type TierVerdict =
  | { readonly kind: 'pass'; readonly message: string }
  | { readonly kind: 'wait'; readonly message: string }
  | { readonly kind: 'fail'; readonly message: string; readonly cause: FailureCause }

export type FailureCause =
  | 'oom_killed'
  | 'crash_loop'
  | 'restarts'
  | 'not_ready'
  | 'rollout_deadline'
  | 'unschedulable'
  | 'failed_create'
  | 'reverted'
  | 'superseded'
  | 'image_pull'

/** Restart counts and pods as they were before the write. */
export interface Baseline {
  readonly takenAt: WallMillis
  readonly replicas: number
  readonly ready: number
  readonly generation: number
  readonly revision: string | null
  readonly restarts: Readonly<Record<string, number>>
}
