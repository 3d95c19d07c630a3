import { blocks, type CheckResult } from '../../model/plan.ts'
import { DRY_RUN } from './prove-step.ts'

/**
 * Undoing is not doing: what would stop a change (its size, an autoscaler, a running rollout, an owner, a webhook) must
 * not keep a broken workload broken. It is said, as a note. Only what the API server itself refuses still blocks.
 */
export const softenForUndo = (result: CheckResult): CheckResult =>
  blocks(result) && result.check !== DRY_RUN ? { ...result, verdict: 'note' } : result
