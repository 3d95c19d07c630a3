import type { MetricWindow } from '../metric-window.ts'
import { taggedUnion } from '../promql/tagged-union.ts'
import { usageQueries } from '../usage/usage-queries.ts'

const BY = 'by (namespace, container, pod, job)'
const CPU = 'container_cpu_usage_seconds_total'
const MEMORY = 'container_memory_working_set_bytes'
type Query = (selector: string, window: MetricWindow) => string

/** What a container lived through: every sample counts here, not only those on the scan's grid. */
const details: Query = (selector, window) => {
  const { duration } = window
  const restarts = `kube_pod_container_status_restarts_total{${selector}}[${duration}]`
  const killed = `kube_pod_container_status_last_terminated_reason{reason="OOMKilled", ${selector}}[${duration}]`
  return taggedUnion({
    peak: `max ${BY} (max_over_time(${MEMORY}{${selector}}[${duration}]))`,
    throttled: usageQueries.throttledShare(selector, window),
    restarts: `max by (namespace, container, pod) (max_over_time(${restarts}) - min_over_time(${restarts}))`,
    killed: `group by (namespace, container, pod) (max_over_time(${killed}) > 0)`,
  })
}

/** Points on the scan's grid, and those of them above the recommended values (cores and bytes; absent: not asked). */
export interface Thresholds {
  readonly cpuRequest: number | undefined
  readonly memoryRequest: number | undefined
  readonly memoryLimit: number | undefined
}
const overThresholds =
  ({ cpuRequest, memoryRequest, memoryLimit }: Thresholds): Query =>
  (selector, { duration, step }) => {
    const cpu = `max ${BY} (rate(${CPU}{${selector}}[${step}]))`
    const memory = `max ${BY} (${MEMORY}{${selector}})`
    const count = (points: string): string => `count_over_time((${points})[${duration}:${step}])`
    const over = (points: string, value: number | undefined, name: string): Readonly<Record<string, string>> =>
      value === undefined ? {} : { [name]: count(`${points} > ${value}`) }
    return taggedUnion({
      cpu: count(cpu),
      memory: count(memory),
      ...over(cpu, cpuRequest, 'cpu_over_request'),
      ...over(memory, memoryRequest, 'memory_over_request'),
      ...over(memory, memoryLimit, 'memory_over_limit'),
    })
  }

/** For charts: how it looked at each step. A rate over five minutes rides over single missed scrapes. */
const cpuNow = (selector: string): string => `max by (namespace, container, pod) (rate(${CPU}{${selector}}[5m]))`
const memoryNow = (selector: string): string => `max by (namespace, container, pod) (${MEMORY}{${selector}})`

interface InspectQueries {
  readonly details: Query
  readonly overThresholds: (thresholds: Thresholds) => Query
  readonly cpuNow: (selector: string) => string
  readonly memoryNow: (selector: string) => string
}
export const inspectQueries: InspectQueries = { details, overThresholds, cpuNow, memoryNow }
