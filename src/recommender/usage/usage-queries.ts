import type { MetricWindow } from '../metric-window.ts'
import { taggedUnion } from '../promql/tagged-union.ts'

const CPU = 'container_cpu_usage_seconds_total'
const MEMORY = 'container_memory_working_set_bytes'
const BY = 'by (namespace, container, pod, job)'
/** krr's queries with `namespace` added to what they group by: the same rows, for many containers at once. */
type Query = (selector: string, window: MetricWindow) => string

/** The maximum of a maximum may be taken in any order; outside the subquery it costs a seventh (reference: plan B). */
const memoryPeak: Query = (selector, { duration, step }) =>
  `max ${BY} (max_over_time(${MEMORY}{${selector}}[${duration}:${step}]))`

/** Per series. Equal to krr's where a group has one series. */
const cpuQuantile =
  (quantile: string): Query =>
  (selector, { duration, step }) =>
    `quantile_over_time(${quantile}, rate(${CPU}{${selector}}[${step}])[${duration}:${step}])`

/** As krr has it, maximum inside: for groups of several series (restarts, CPUs, duplicates). */
const cpuQuantileOfGroups =
  (quantile: string): Query =>
  (selector, { duration, step }) =>
    `quantile_over_time(${quantile}, max ${BY} (rate(${CPU}{${selector}}[${step}]))[${duration}:${step}])`

const cpuPoints: Query = (selector, { duration, step }) =>
  `count_over_time(max ${BY} (${CPU}{${selector}})[${duration}:${step}])`
const memoryPoints: Query = (selector, { duration, step }) =>
  `count_over_time(max ${BY} (${MEMORY}{${selector}})[${duration}:${step}])`
const allPoints: Query = (selector, window) =>
  taggedUnion({ cpu: cpuPoints(selector, window), memory: memoryPoints(selector, window) })

/** krr's range query of simple_limit. */
const cpuRate = (selector: string, step: string): string => `max ${BY} (rate(${CPU}{${selector}}[${step}]))`

/** Seconds between two looks at when there was data at all: an hour, or what makes 24 to 84 looks of the window. */
export const spanStep = ({ seconds, stepSeconds }: MetricWindow): number => {
  const wanted = Math.max(Math.min(3600, seconds / 24), seconds / 84)
  return Math.max(stepSeconds, Math.ceil(wanted / 60) * 60)
}
export const RECENT_SECONDS = 900

/**
 * What is cheap to know of every container, in one query: at least so many points each, in a short window (the longest of a
 * group's series), at how many looks it was there, and how often samples come.
 */
const light =
  (deciding: MetricWindow): Query =>
  (selector, window) => {
    const memory = `${MEMORY}{${selector}}`
    const short = `[${deciding.duration}:${deciding.step}]`
    return taggedUnion({
      cpu: `max ${BY} (count_over_time(${CPU}{${selector}}${short}))`,
      memory: `max ${BY} (count_over_time(${memory}${short}))`,
      looks: `max ${BY} (count_over_time(${memory}[${window.duration}:${spanStep(window)}s]))`,
      // What came or went meanwhile has few samples, however often it is scraped.
      recent: `max ${BY} (count_over_time(${memory}[${RECENT_SECONDS}s]) and ${memory} offset ${RECENT_SECONDS}s and ${memory})`,
    })
  }

/** From when to when: for those that were not there at every look. (`timestamp` in a subquery is slow before Prometheus 3.) */
const spans: Query = (selector, window) => {
  const range = `[${window.duration}:${spanStep(window)}s]`
  const series = `${MEMORY}{${selector}}`
  const when = `(time() * ${series} ^ 0)${range}`
  return taggedUnion({
    first: `min ${BY} (min_over_time(${when}))`,
    last: `max ${BY} (max_over_time(${when}))`,
    looks: `count_over_time(max ${BY} (${series})${range})`,
    now: `max ${BY} (${series})`,
  })
}

const THROTTLED = 'container_cpu_cfs_throttled_periods_total'
const PERIODS = 'container_cpu_cfs_periods_total'
/** Share of periods that were throttled in the worst hour of the window. */
const throttledShare: Query = (selector, { duration, seconds }) => {
  const hour = seconds < 3600 ? `${seconds}s` : '1h'
  const share = `rate(${THROTTLED}{${selector}}[${hour}]) / (rate(${PERIODS}{${selector}}[${hour}]) > 0)`
  return `max ${BY} (max_over_time((${share})[${duration}:${hour}]))`
}

const OOM_KILLED = 'kube_pod_container_status_last_terminated_reason{reason="OOMKilled"'
/** Containers that may have been killed: an hour more than the window, so that none of krr's is missed. */
const oomSuspects: Query = (selector, { seconds }) =>
  `group by (namespace, pod, container) (last_over_time(${OOM_KILLED}, ${selector}}[${seconds + 3600}s]))`
/** The memory limit under which a container was killed. */
const oomLimit: Query = (selector, { duration, step }) => {
  const limits = `max by (namespace, pod, container, job) (kube_pod_container_resource_limits{resource="memory", ${selector}})`
  const killed = `max by (namespace, pod, container, job, reason) (${OOM_KILLED}, ${selector}})`
  const joined = `${limits} * on (namespace, pod, container, job) group_left (reason) ${killed}`
  return `max_over_time(max ${BY} (${joined})[${duration}:${step}])`
}

/** Whether there is any container metric at all; hourly looks are enough for that. */
const anyUsage: Query = (selector, { duration }) =>
  [CPU, MEMORY].map((metric) => `count(count_over_time(${metric}{${selector}}[${duration}:1h]))`).join(' or ')

interface UsageQueries {
  readonly memoryPeak: Query
  /** By PromQL's literal of the quantile. */
  readonly cpuQuantile: (quantile: string) => Query
  readonly cpuQuantileOfGroups: (quantile: string) => Query
  /** By the window that decides whether there are enough points. */
  readonly light: (deciding: MetricWindow) => Query
  readonly cpuPoints: Query
  readonly memoryPoints: Query
  readonly allPoints: Query
  readonly oomSuspects: Query
  readonly cpuRate: (selector: string, step: string) => string
  readonly spans: Query
  readonly throttledShare: Query
  readonly oomLimit: Query
  readonly anyUsage: Query
}
export const usageQueries: UsageQueries = {
  memoryPeak,
  cpuQuantile,
  cpuQuantileOfGroups,
  light,
  cpuPoints,
  memoryPoints,
  allPoints,
  oomSuspects,
  cpuRate,
  spans,
  throttledShare,
  oomLimit,
  anyUsage,
}
