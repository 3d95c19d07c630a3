import { objectAt } from '../json-view.ts'
import { readMapSelector } from '../read-selector.ts'
import type { KindDescriptor } from './kind-descriptor.ts'
import { podTemplate } from './pod-template.ts'

/** OpenShift's forerunner of the Deployment. */
export const deploymentConfig: KindDescriptor = {
  kind: 'DeploymentConfig',
  api: '/apis/apps.openshift.io/v1',
  plural: 'deploymentconfigs',
  optional: true,
  template: (item) => podTemplate(objectAt(item, 'spec', 'template'), readMapSelector(objectAt(item, 'spec').selector)),
}
