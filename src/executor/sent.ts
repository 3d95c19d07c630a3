import type { KubeObject } from '../model/observation.ts'
import type { ProblemReason } from '../model/problem.ts'

/** What became of a request that may have changed the cluster. */
export type Sent =
  | { readonly kind: 'taken'; readonly object: KubeObject; readonly auditId: string | null }
  | { readonly kind: 'refused'; readonly reason: ProblemReason; readonly message: string }
  /** Neither is known. `looked`: the workload could be read, and carries neither the old values nor the planned ones as ours. */
  | { readonly kind: 'unknown'; readonly message: string; readonly looked: boolean }
