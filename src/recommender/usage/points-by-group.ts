import type { RangeSeries } from '../../ports/usage-reader.ts'
import { readingKey } from './reading.ts'
import type { Reading } from './reading.ts'

/** All points of some series groups, collected piece by piece. A group's reading has its highest point as value. */
export interface PointsByGroup {
  add(series: RangeSeries): void
  /** One per job that saw the pod's container. */
  of(container: { readonly namespace: string; readonly container: string; readonly pod: string }): readonly Reading[]
  pointsOf(reading: Reading): Float64Array
}

export function pointsByGroup(): PointsByGroup {
  const groups = new Map<string, number[]>()
  const jobs = new Map<string, Set<string>>()
  return {
    add({ labels, points }) {
      const { namespace = '', container = '', pod = '', job = '' } = labels
      const key = readingKey({ namespace, container, pod, job, value: 0 })
      const known = groups.get(key) ?? []
      groups.set(key, known)
      for (const [, value] of points) known.push(value)
      const seen = jobs.get(podKey({ namespace, container, pod })) ?? new Set()
      jobs.set(podKey({ namespace, container, pod }), seen.add(job))
    },
    of: (container) =>
      [...(jobs.get(podKey(container)) ?? [])].map((job) => {
        const reading = { ...container, job, value: 0 }
        return { ...reading, value: highestOf(groups.get(readingKey(reading)) ?? []) }
      }),
    pointsOf: (reading) => Float64Array.from(groups.get(readingKey(reading)) ?? []),
  }
}

interface PodContainer {
  readonly namespace: string
  readonly container: string
  readonly pod: string
}
const podKey = ({ namespace, container, pod }: PodContainer): string => `${namespace}/${pod}/${container}`
const highestOf = (values: readonly number[]): number => {
  let highest = Number.NEGATIVE_INFINITY
  for (const value of values) if (value > highest) highest = value
  return highest
}
