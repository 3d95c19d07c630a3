import type { KubeObject } from '../../../../model/observation.ts'
import { arrayAt, textAt } from '../json-view.ts'
import type { KindDescriptor } from './kind-descriptor.ts'
import { templated } from './templated.ts'

/** Jobs of a CronJob are rows of that CronJob. */
export const job: KindDescriptor = {
  kind: 'Job',
  api: '/apis/batch/v1',
  plural: 'jobs',
  optional: false,
  template: (item) => (isOfCronJob(item) ? undefined : templated(item)),
}

const isOfCronJob = (item: KubeObject): boolean =>
  arrayAt(item, 'metadata', 'ownerReferences').some((owner) => textAt(owner, 'kind') === 'CronJob')
