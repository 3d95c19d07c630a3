import { parseQuantity } from '../../model/quantity.ts'
import type { ContainerChange, ResourceName } from '../../model/plan.ts'
import { quoted } from '../../model/safe-text.ts'
import { finding, type Check, type Finding } from './check.ts'
import { lookText } from './look.ts'

const RESOURCES: readonly ResourceName[] = ['cpu', 'memory']

function below(change: ContainerChange, resource: ResourceName): readonly Finding[] {
  const request = lookText(change.after, 'requests', resource)
  const limit = lookText(change.after, 'limits', resource)
  if (request === undefined || limit === undefined) return []
  const [needs, most] = [parseQuantity(request), parseQuantity(limit)]
  if (needs !== undefined && most !== undefined && most >= needs) return []
  return [
    finding(
      'block',
      `${quoted(change.container)} would have a ${resource} limit of ${quoted(limit)} below its request of ${quoted(request)}.`,
      `Choose the ${resource} request together with the limit.`,
    ),
  ]
}

export const limitBelowRequest: Check = {
  name: 'limit-below-request',
  verdict: 'block',
  why: 'The API server refuses such a container, and the dry run would say so in its own words; we can say what to choose instead.',
  find: ({ changes }) => changes.flatMap((change) => RESOURCES.flatMap((resource) => below(change, resource))),
}
