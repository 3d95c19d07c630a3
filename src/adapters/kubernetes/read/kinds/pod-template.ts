import type { Json } from '../../../../model/json.ts'
import type { LabelSelector } from '../../../../model/observation.ts'
import { arrayAt, textAt } from '../json-view.ts'

/** The part of a workload that a scan looks at. */
export interface PodTemplate {
  /** The containers of the template, in spec order. */
  readonly containers: readonly Json[]
  /** Init containers that keep running beside the others, in spec order. */
  readonly sidecars: readonly Json[]
  readonly selector?: LabelSelector | undefined
}

/** What a scan looks at of a pod's description (with its `spec`). */
export const podTemplate = (pod: Json | undefined, selector?: LabelSelector): PodTemplate => ({
  containers: arrayAt(pod, 'spec', 'containers'),
  sidecars: arrayAt(pod, 'spec', 'initContainers').filter((one) => textAt(one, 'restartPolicy') === 'Always'),
  selector,
})
