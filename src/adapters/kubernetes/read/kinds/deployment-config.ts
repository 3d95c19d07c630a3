import { arrayAt, objectAt } from '../json-view.ts'
import { readMapSelector } from '../read-selector.ts'
import type { KindDescriptor } from './kind-descriptor.ts'

/** OpenShift's forerunner of the Deployment. */
export const deploymentConfig: KindDescriptor = {
  kind: 'DeploymentConfig',
  api: '/apis/apps.openshift.io/v1',
  plural: 'deploymentconfigs',
  optional: true,
  template: (item) => ({
    containers: arrayAt(item, 'spec', 'template', 'spec', 'containers'),
    selector: readMapSelector(objectAt(item, 'spec').selector),
  }),
}
