import { isReady } from './is-ready.ts'
import { podPhase } from './pod-phase.ts'
import type { PodRecord } from './pod-record.ts'

const ALWAYS_TRUE = ['PodReadyToStartContainers', 'Initialized']

/** The conditions that a kubelet owns, each with the moment since when it is so. */
export function podConditions(record: PodRecord): PodRecord['conditions'] {
  const ready = podPhase(record) === 'Running' && record.containers.every((container) => isReady(container, record.now))
  const statuses = [
    ...ALWAYS_TRUE.map((type) => [type, 'True'] as const),
    ...['ContainersReady', 'Ready'].map((type) => [type, ready ? 'True' : 'False'] as const),
  ]
  return Object.fromEntries(
    statuses.map(([type, status]) => {
      const before = record.conditions[type]
      return [type, before?.status === status ? before : { status, since: record.now }]
    }),
  )
}
