import type { KubeObject } from '../../../../model/observation.ts'
import type { WorkloadKind } from '../../../../model/workload.ts'
import type { PodTemplate } from './pod-template.ts'

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
