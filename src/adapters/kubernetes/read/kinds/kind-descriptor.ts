import type { Json } from '../../../../model/json.ts'
import type { KubeObject, LabelSelector } from '../../../../model/observation.ts'
import type { WorkloadKind } from '../../../../model/workload.ts'

/** The part of a workload that a scan looks at. */
export interface PodTemplate {
  /** The containers of the template, in spec order. */
  readonly containers: readonly Json[]
  readonly selector?: LabelSelector | undefined
}
/** How one kind is listed and where its containers are. A new kind is one more file with one of these. */
export interface KindDescriptor {
  readonly kind: WorkloadKind
  readonly api: string
  readonly plural: string
  /** Part of a product that most clusters do not have: its absence is normal. */
  readonly optional: boolean
  /** Undefined: not a row of a scan. `{ borrows }`: the template is in the Deployment of that name. */
  readonly template: (item: KubeObject) => PodTemplate | { readonly borrows: string } | undefined
}
