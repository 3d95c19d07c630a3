import type { KubeObject } from '../../model/observation.ts'
import type { PlanTarget } from '../../model/plan.ts'
import { lookNumber, lookText } from '../checks/look.ts'

/** How many pods run from this template, as the workload says. */
export const podsAffected = ({ kind }: PlanTarget, object: KubeObject): number =>
  kind === 'DaemonSet'
    ? (lookNumber(object, 'status', 'desiredNumberScheduled') ?? 0)
    : (lookNumber(object, 'spec', 'replicas') ?? 1)

/** Whether changing the template replaces running pods by itself. */
export function replacesPods(target: PlanTarget, object: KubeObject): boolean {
  const onDelete = target.kind !== 'Deployment' && lookText(object, 'spec', 'updateStrategy', 'type') === 'OnDelete'
  return !onDelete && podsAffected(target, object) > 0
}
