import type { KindDescriptor } from './kind-descriptor.ts'
import { templated } from './templated.ts'

export const daemonSet: KindDescriptor = {
  kind: 'DaemonSet',
  api: '/apis/apps/v1',
  plural: 'daemonsets',
  optional: false,
  template: templated,
}
