import { arrayAt } from '../json-view.ts'
import type { KindDescriptor } from './kind-descriptor.ts'

/** Its pods belong to jobs that come and go: they are found by owner, there is no selector. */
export const cronJob: KindDescriptor = {
  kind: 'CronJob',
  api: '/apis/batch/v1',
  plural: 'cronjobs',
  optional: false,
  template: (item) => ({ containers: arrayAt(item, 'spec', 'jobTemplate', 'spec', 'template', 'spec', 'containers') }),
}
