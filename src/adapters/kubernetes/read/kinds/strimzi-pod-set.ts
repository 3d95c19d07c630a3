import { arrayAt, objectAt } from '../json-view.ts'
import { readSelector } from '../read-selector.ts'
import type { KindDescriptor } from './kind-descriptor.ts'
import { podTemplate } from './pod-template.ts'

/** It lists whole pods; as for krr the first one stands for all. */
export const strimziPodSet: KindDescriptor = {
  kind: 'StrimziPodSet',
  api: '/apis/core.strimzi.io/v1beta2',
  plural: 'strimzipodsets',
  optional: true,
  template: (item) => podTemplate(arrayAt(item, 'spec', 'pods')[0], readSelector(objectAt(item, 'spec').selector)),
}
