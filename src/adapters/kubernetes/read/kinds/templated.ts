import type { KubeObject } from '../../../../model/observation.ts'
import { arrayAt, objectAt } from '../json-view.ts'
import { readSelector } from '../read-selector.ts'
import type { PodTemplate } from './kind-descriptor.ts'

/** A workload with `spec.template` and `spec.selector`. */
export const templated = (item: KubeObject): PodTemplate => ({
  containers: arrayAt(item, 'spec', 'template', 'spec', 'containers'),
  selector: readSelector(objectAt(item, 'spec').selector),
})
