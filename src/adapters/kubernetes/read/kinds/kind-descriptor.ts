import type { KubeObject, LabelSelector } from '../../../../model/observation.ts'
import type { WorkloadKind } from '../../../../model/workload.ts'
import type { PodTemplate } from './pod-template.ts'

/** How one kind is listed and where its containers are. A new kind is one more file with one of these. */
export interface KindDescriptor {
  readonly kind: WorkloadKind
  readonly api: string
  readonly plural: string
  /** Part of a product that most clusters do not have: its absence is normal. */
  readonly optional: boolean
  /** Undefined: not a row of a scan. */
  readonly template: (item: KubeObject) => PodTemplate | BorrowedTemplate | undefined
}
/** The template is in the Deployment of that name; the selector may be the workload's own. */
export interface BorrowedTemplate {
  readonly borrows: string
  readonly selector: LabelSelector | undefined
}
