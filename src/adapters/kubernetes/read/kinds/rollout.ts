import { objectAt, textAt } from '../json-view.ts'
import { readSelector } from '../read-selector.ts'
import type { KindDescriptor } from './kind-descriptor.ts'
import { templated } from './templated.ts'

/** Argo Rollouts. With `workloadRef` the template stays in a Deployment. */
export const rollout: KindDescriptor = {
  kind: 'Rollout',
  api: '/apis/argoproj.io/v1alpha1',
  plural: 'rollouts',
  optional: true,
  template: (item) => {
    const borrows = textAt(item, 'spec', 'workloadRef', 'name')
    const hasTemplate = 'spec' in objectAt(item, 'spec', 'template')
    return !hasTemplate && borrows !== undefined
      ? { borrows, selector: readSelector(objectAt(item, 'spec').selector) }
      : templated(item)
  },
}
