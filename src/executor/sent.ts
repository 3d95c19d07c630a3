import type { KubeObject } from '../model/observation.ts'
import type { ProblemReason } from '../model/problem.ts'

/** What became of a request that may have changed the cluster. */
export type Sent =
  | { readonly kind: 'taken'; readonly object: KubeObject; readonly auditId: string | null }
  | { readonly kind: 'refused'; readonly reason: ProblemReason; readonly message: string }
  /** Neither is known, and looking did not tell. */
  | { readonly kind: 'unknown'; readonly message: string }
