import type { KubeObject } from '../../model/observation.ts'
import type { ContainerChange, PlanTarget } from '../../model/plan.ts'
import type { Binding } from '../../model/recommendation.ts'

/** A list that a check needs: read, not served by this cluster (so there is none), or not readable (so nobody knows). */
export type Reading =
  | { readonly kind: 'read'; readonly items: readonly KubeObject[] }
  | { readonly kind: 'not_served' }
  | { readonly kind: 'unreadable'; readonly why: string }

/** Everything that the checks may know of one workload, gathered once; they read nothing themselves. */
export interface Snapshot {
  /** `namespace/deployment/web`. */
  readonly subject: string
  readonly target: PlanTarget
  /** The live workload, verbatim. */
  readonly object: KubeObject
  readonly changes: readonly ContainerChange[]
  /** Every HorizontalPodAutoscaler of the namespace; the scan's filters do not apply. */
  readonly autoscalers: Reading
  /** How well the scan's metrics fit this cluster; null where a plan rests on no metrics (an undo). */
  readonly binding: Binding | null
}
