import type { KindDescriptor } from './kind-descriptor.ts'
import { templated } from './templated.ts'

export const deployment: KindDescriptor = {
  kind: 'Deployment',
  api: '/apis/apps/v1',
  plural: 'deployments',
  optional: false,
  template: templated,
}
