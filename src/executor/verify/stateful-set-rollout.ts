import type { JsonObject } from '../../model/json.ts'
import { countAt, textAt } from '../field.ts'
import { wantedReplicas } from './deployment-rollout.ts'
import { isObserved } from './revision.ts'
import type { Rollout } from './rollout.ts'

/** How many of the highest ordinals are left out of an update: pods below the partition keep the old revision. */
export const partitionOf = (set: JsonObject): number =>
  countAt(set, ['spec', 'updateStrategy', 'rollingUpdate', 'partition'])

/** kubectl's rule for a StatefulSet that rolls by itself (rollout_status.go). */
export function statefulSetRollout(set: JsonObject): Rollout {
  if (!isObserved(set)) return { kind: 'wait', message: 'the controller has not seen the change yet' }
  const wanted = wantedReplicas(set)
  const ready = countAt(set, ['status', 'readyReplicas'])
  // Ready counts come back to full between two pods of one rollout, so this is never the last word.
  if (ready < wanted) return { kind: 'wait', message: `${ready} of ${wanted} pods are ready` }
  const updated = countAt(set, ['status', 'updatedReplicas'])
  const partition = partitionOf(set)
  if (partition > 0) {
    const due = wanted - partition
    return updated < due
      ? { kind: 'wait', message: `${updated} of ${due} pods above the partition are updated` }
      : { kind: 'done', message: `the ${due} pods above the partition are updated` }
  }
  if (textAt(set, ['status', 'updateRevision']) !== textAt(set, ['status', 'currentRevision']))
    return { kind: 'wait', message: `${updated} of ${wanted} pods are at the new revision` }
  return { kind: 'done', message: `${wanted} pods are at the new revision and ready` }
}
