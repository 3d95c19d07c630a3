import { appliedKind } from './applied-kind.ts'
import { autoscaler } from './autoscaler.ts'
import type { Check } from './check.ts'
import { limitBelowRequest } from './limit-below-request.ts'
import { otherUsage } from './other-usage.ts'
import { owned } from './owned.ts'
import { rolloutPaused } from './rollout-paused.ts'
import { rolloutRunning } from './rollout-running.ts'
import { size } from './size.ts'

/** In the order in which a person reads them: what is wrong with the number, then with the workload. */
export const allChecks: readonly Check[] = Object.freeze([
  size,
  limitBelowRequest,
  otherUsage,
  autoscaler,
  owned,
  rolloutPaused,
  rolloutRunning,
  appliedKind,
])
