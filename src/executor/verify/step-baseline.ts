import type { Baseline } from '../../model/verification.ts'

/** A workload as it was right before the write. Recorded with the intent, so that whoever takes over can judge by it. */
export interface StepBaseline extends Baseline {
  /** `app CrashLoopBackOff`: what was wrong at that moment already and so is not the change's doing. */
  readonly troubles: readonly string[]
  /** The ReplicaSet that served: an undo should bring it back. */
  readonly replicaSet: { readonly name: string; readonly uid: string } | null
}
