import type { KubeObject } from '../../model/observation.ts'
import type { PlanTarget } from '../../model/plan.ts'
import { look, lookList, lookNumber, lookText } from './look.ts'

/** kubectl's verdict on a rollout. `manual`: pods are only replaced when somebody deletes them. */
export type RolloutState =
  | { readonly kind: 'done' }
  | { readonly kind: 'running'; readonly what: string }
  | { readonly kind: 'failed'; readonly what: string }
  | { readonly kind: 'manual' }

const running = (what: string): RolloutState => ({ kind: 'running', what })
const DONE: RolloutState = { kind: 'done' }
// Counters that are missing mean 0 (kubectl's rollout_status.go).
const count = (object: KubeObject, name: string): number => lookNumber(object, 'status', name) ?? 0
const wanted = (object: KubeObject): number => lookNumber(object, 'spec', 'replicas') ?? 1

function deployment(object: KubeObject): RolloutState {
  const progressing = lookList(object, 'status', 'conditions').find((each) => lookText(each, 'type') === 'Progressing')
  if (lookText(progressing, 'reason') === 'ProgressDeadlineExceeded')
    return { kind: 'failed', what: 'its last rollout exceeded its progress deadline' }
  const [updated, all, available] = [
    count(object, 'updatedReplicas'),
    count(object, 'replicas'),
    count(object, 'availableReplicas'),
  ]
  if (updated < wanted(object)) return running(`${updated} of ${wanted(object)} pods are of the new revision`)
  if (all > updated) return running(`${all - updated} old pods are still there`)
  if (available < updated) return running(`${available} of ${updated} pods are available`)
  return DONE
}

function statefulSet(object: KubeObject): RolloutState {
  if (count(object, 'readyReplicas') < wanted(object))
    return running(`${count(object, 'readyReplicas')} of ${wanted(object)} pods are ready`)
  const partition = lookNumber(object, 'spec', 'updateStrategy', 'rollingUpdate', 'partition') ?? 0
  if (partition > 0) {
    const due = wanted(object) - partition
    return count(object, 'updatedReplicas') < due
      ? running(`${count(object, 'updatedReplicas')} of ${due} pods are of the new revision`)
      : DONE
  }
  return look(object, 'status', 'updateRevision') === look(object, 'status', 'currentRevision')
    ? DONE
    : running(`${count(object, 'updatedReplicas')} of ${wanted(object)} pods are of the new revision`)
}

function daemonSet(object: KubeObject): RolloutState {
  const desired = count(object, 'desiredNumberScheduled')
  if (count(object, 'updatedNumberScheduled') < desired)
    return running(`${count(object, 'updatedNumberScheduled')} of ${desired} pods are of the new revision`)
  if (count(object, 'numberAvailable') < desired)
    return running(`${count(object, 'numberAvailable')} of ${desired} pods are available`)
  return DONE
}

const RULES = { Deployment: deployment, StatefulSet: statefulSet, DaemonSet: daemonSet }

/** Where a workload's rollout stands, by the rules of `kubectl rollout status`. */
export function rolloutState(kind: PlanTarget['kind'], object: KubeObject): RolloutState {
  const strategy = lookText(object, 'spec', 'updateStrategy', 'type') ?? 'RollingUpdate'
  if (kind !== 'Deployment' && strategy !== 'RollingUpdate') return { kind: 'manual' }
  const [generation, observed] = [
    lookNumber(object, 'metadata', 'generation') ?? 0,
    count(object, 'observedGeneration'),
  ]
  if (generation > observed) return running('its controller has not yet seen the last change')
  return RULES[kind](object)
}
