import type { KindDescriptor } from './kind-descriptor.ts'
import { templated } from './templated.ts'

export const statefulSet: KindDescriptor = {
  kind: 'StatefulSet',
  api: '/apis/apps/v1',
  plural: 'statefulsets',
  optional: false,
  template: templated,
}
