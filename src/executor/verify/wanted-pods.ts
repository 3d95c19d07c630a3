import type { JsonObject } from '../../model/json.ts'
import { countAt, textAt } from '../field.ts'
import { wantedReplicas } from './deployment-rollout.ts'
import { partitionOf } from './stateful-set-rollout.ts'

/** How many pods of the new revision there should be. */
export function wantedPods(workload: JsonObject): number {
  switch (textAt(workload, ['kind'])) {
    case 'DaemonSet':
      return countAt(workload, ['status', 'desiredNumberScheduled'])
    case 'StatefulSet':
      return wantedReplicas(workload) - partitionOf(workload)
    default:
      return wantedReplicas(workload)
  }
}
