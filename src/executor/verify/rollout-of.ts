import type { JsonObject } from '../../model/json.ts'
import { textAt } from '../field.ts'
import { daemonSetRollout } from './daemon-set-rollout.ts'
import { deploymentRollout } from './deployment-rollout.ts'
import type { Rollout } from './rollout.ts'
import { statefulSetRollout } from './stateful-set-rollout.ts'

/** How far a workload's rollout is, by its kind's rule. */
export function rolloutOf(workload: JsonObject): Rollout {
  switch (textAt(workload, ['kind'])) {
    case 'StatefulSet':
      return statefulSetRollout(workload)
    case 'DaemonSet':
      return daemonSetRollout(workload)
    default:
      return deploymentRollout(workload)
  }
}
