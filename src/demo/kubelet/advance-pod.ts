import { advanceContainer, type ContainerCircumstances } from './advance-container.ts'
import type { ContainerLife } from './container-life.ts'
import { readContainerRules } from './container-rules.ts'
import type { Pod } from './pod.ts'
import { podConditions } from './pod-conditions.ts'
import type { ContainerRecord, PodRecord } from './pod-record.ts'
import { resizePod } from './resize-pod.ts'

export interface PodCircumstances {
  readonly now: number
  readonly backOff: number
}

/** The pod's record one moment later. */
export function advancePod(pod: Pod, record: PodRecord, { now, backOff }: PodCircumstances): PodRecord {
  const restartPolicy = (pod.spec.restartPolicy ?? 'Always') as ContainerCircumstances['restartPolicy']
  const resized = resizePod(pod, { ...record, now })
  const containers = resized.containers.map((container) => ({
    ...container,
    life: advanceContainer(container.life, { rules: container.rules, restartPolicy, now, backOff }),
  }))
  const advanced = { ...resized, containers }
  return { ...advanced, conditions: podConditions(advanced) }
}

/** The record of a pod that this kubelet sees for the first time; one that ran before us goes on from what its status says. */
export function firstRecord(
  pod: Pod,
  place: { readonly now: number; readonly ip: string; readonly hostIp: string },
): PodRecord {
  const containers: ContainerRecord[] = []
  const refusals: string[] = []
  for (const { name, resources } of pod.spec.containers) {
    const rules = readContainerRules(pod.metadata.annotations ?? {}, name)
    if (rules.kind === 'malformed') refusals.push(rules.message)
    else containers.push({ name, rules, life: { ...begun(pod, name, place.now), resources: resources ?? {} } })
  }
  const startTime = pod.status?.startTime
  return {
    startedAt: startTime === undefined ? place.now : Date.parse(startTime),
    now: place.now,
    ip: pod.status?.podIP ?? place.ip,
    hostIp: place.hostIp,
    containers: refusals.length === 0 ? containers : [],
    refusal: refusals.length === 0 ? undefined : refusals.join('; '),
    obstacle: undefined,
    conditions: {},
  }
}

function begun(pod: Pod, container: string, now: number): Omit<ContainerLife, 'resources'> {
  const before = pod.status?.containerStatuses?.find(({ name }) => name === container)
  return { state: { kind: 'running', since: now }, restarts: before?.restartCount ?? 0, last: undefined }
}
