import type { JsonObject } from '../../model/json.ts'
import { conditionOf, countAt, field, textAt } from '../field.ts'
import type { Rollout } from './rollout.ts'
import { isObserved } from './revision.ts'

/** Kubernetes sets one replica where none is given. */
export const wantedReplicas = (workload: JsonObject): number =>
  field(workload, ['spec', 'replicas']) === undefined ? 1 : countAt(workload, ['spec', 'replicas'])

/** kubectl's rule for a Deployment (rollout_status.go). A counter that is missing is 0. */
export function deploymentRollout(deployment: JsonObject): Rollout {
  if (!isObserved(deployment)) return { kind: 'wait', message: 'the controller has not seen the change yet' }
  if (textAt(conditionOf(deployment, 'Progressing'), ['reason']) === 'ProgressDeadlineExceeded')
    return { kind: 'failed', message: 'the Deployment exceeded its own progress deadline' }
  const wanted = wantedReplicas(deployment)
  const updated = countAt(deployment, ['status', 'updatedReplicas'])
  const replicas = countAt(deployment, ['status', 'replicas'])
  const available = countAt(deployment, ['status', 'availableReplicas'])
  if (updated < wanted) return { kind: 'wait', message: `${updated} of ${wanted} replicas are updated` }
  if (replicas > updated) return { kind: 'wait', message: `${replicas - updated} old replicas are pending termination` }
  if (available < updated) return { kind: 'wait', message: `${available} of ${updated} updated replicas are available` }
  return { kind: 'done', message: `${updated} of ${wanted} replicas are updated and available` }
}
