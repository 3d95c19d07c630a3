import { objectAt } from '../json-view.ts'
import type { KindDescriptor } from './kind-descriptor.ts'
import { podTemplate } from './pod-template.ts'

/** Its pods belong to jobs that come and go: they are found by owner, there is no selector. */
export const cronJob: KindDescriptor = {
  kind: 'CronJob',
  api: '/apis/batch/v1',
  plural: 'cronjobs',
  optional: false,
  template: (item) => podTemplate(objectAt(item, 'spec', 'jobTemplate', 'spec', 'template')),
}
