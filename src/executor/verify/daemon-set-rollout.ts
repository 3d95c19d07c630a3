import type { JsonObject } from '../../model/json.ts'
import { countAt } from '../field.ts'
import { isObserved } from './revision.ts'
import type { Rollout } from './rollout.ts'

/** kubectl's rule for a DaemonSet that rolls by itself (rollout_status.go). */
export function daemonSetRollout(set: JsonObject): Rollout {
  if (!isObserved(set)) return { kind: 'wait', message: 'the controller has not seen the change yet' }
  const wanted = countAt(set, ['status', 'desiredNumberScheduled'])
  const updated = countAt(set, ['status', 'updatedNumberScheduled'])
  const available = countAt(set, ['status', 'numberAvailable'])
  if (updated < wanted) return { kind: 'wait', message: `${updated} of ${wanted} pods are updated` }
  if (available < wanted) return { kind: 'wait', message: `${available} of ${wanted} updated pods are available` }
  return { kind: 'done', message: `${wanted} pods are updated and available` }
}
