import { containerStatuses, initContainerStatuses } from './container-status.ts'
import { isReady } from './is-ready.ts'
import type { Pod } from './pod.ts'
import { podPhase } from './pod-phase.ts'
import type { PodRecord } from './pod-record.ts'
import { timestamp } from './timestamp.ts'

/** The patch of `status` that says all this kubelet knows of the pod. */
export function podStatus(pod: Pod, record: PodRecord): object {
  return {
    phase: podPhase(record),
    observedGeneration: pod.metadata.generation ?? 0,
    startTime: timestamp(record.startedAt),
    hostIP: record.hostIp,
    hostIPs: [{ ip: record.hostIp }],
    podIP: record.ip,
    podIPs: [{ ip: record.ip }],
    conditions: [...ownConditions(pod, record), resizeCondition(pod, record)],
    containerStatuses: containerStatuses(pod, record),
    initContainerStatuses: initContainerStatuses(pod, record),
  }
}

function ownConditions(pod: Pod, record: PodRecord): readonly object[] {
  return Object.entries(record.conditions).map(([type, { status, since }]) => ({
    type,
    status,
    lastTransitionTime: timestamp(since),
    observedGeneration: pod.metadata.generation ?? 0,
    // Null takes away what an earlier patch left there: conditions are merged, not replaced.
    ...(status === 'True' ? { reason: null, message: null } : whyNotReady(record)),
  }))
}

function whyNotReady(record: PodRecord): object {
  if (podPhase(record) === 'Succeeded') return { reason: 'PodCompleted', message: null }
  const unready = record.containers.filter((container) => !isReady(container, record.now)).map(({ name }) => name)
  return { reason: 'ContainersNotReady', message: `containers with unready status: [${unready.join(' ')}]` }
}

function resizeCondition(pod: Pod, { obstacle }: PodRecord): object {
  const type = 'PodResizeInProgress'
  if (obstacle === undefined) return { type, $patch: 'delete' }
  return { type, status: 'True', ...obstacle, observedGeneration: pod.metadata.generation ?? 0 }
}
