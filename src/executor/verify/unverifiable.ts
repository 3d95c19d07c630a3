import type { JsonObject } from '../../model/json.ts'
import { countAt, field, textAt } from '../field.ts'
import { wantedReplicas } from './deployment-rollout.ts'
import { isObserved } from './revision.ts'
import { partitionOf } from './stateful-set-rollout.ts'

/** Why nothing will run with the new values by itself, as a sentence; undefined where pods will. */
export function unverifiable(workload: JsonObject): string | undefined {
  switch (textAt(workload, ['kind'])) {
    case 'StatefulSet':
      return ofStatefulSet(workload)
    case 'DaemonSet':
      return ofDaemonSet(workload)
    default:
      return ofDeployment(workload)
  }
}

const NONE = 'It is scaled to zero: nothing has run with the new values yet.'
const ON_DELETE = 'Its update strategy is OnDelete: pods take the new values when somebody deletes them.'
const isOnDelete = (set: JsonObject): boolean => textAt(set, ['spec', 'updateStrategy', 'type']) === 'OnDelete'

function ofDeployment(deployment: JsonObject): string | undefined {
  if (wantedReplicas(deployment) === 0) return NONE
  // A paused rollout never ends, and pausing is a person's decision, not a failure.
  if (field(deployment, ['spec', 'paused']) === true) return 'Its rollout is paused: pods keep the old values.'
  return undefined
}

function ofStatefulSet(set: JsonObject): string | undefined {
  if (wantedReplicas(set) === 0) return NONE
  if (isOnDelete(set)) return ON_DELETE
  if (partitionOf(set) >= wantedReplicas(set)) return 'Its partition holds every pod back at the old values.'
  return undefined
}

function ofDaemonSet(set: JsonObject): string | undefined {
  if (isOnDelete(set)) return ON_DELETE
  if (isObserved(set) && countAt(set, ['status', 'desiredNumberScheduled']) === 0)
    return 'No node is meant to run it: nothing has run with the new values yet.'
  return undefined
}
