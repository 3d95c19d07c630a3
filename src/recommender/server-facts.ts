import { ok } from '../model/result.ts'
import type { Result } from '../model/result.ts'
import type { ClusterSummary } from '../model/recommendation.ts'
import { unixSeconds } from '../model/time.ts'
import type { UnixSeconds } from '../model/time.ts'
import type { UsageProblem } from '../ports/usage-reader.ts'
import { partOf, taggedUnion } from './promql/tagged-union.ts'
import type { UsageSession } from './usage-session.ts'

/** What is asked once per scan: how this server cuts ranges, and how large the cluster is. */
export interface ServerFacts {
  /** A point exactly at the start of a range is in it: Prometheus 2.x; 3.x and VictoriaMetrics leave it out. */
  readonly closedRanges: boolean
  readonly clusterSummary: ClusterSummary
  /** When the server had series of its own, of the hours before the scan that krr looks at; ascending. */
  readonly ownHistory: readonly UnixSeconds[]
}

const PROBE = 'probe'
const SUMMARY = ['cluster_memory', 'cluster_cpu', 'kube_system_mem_req', 'kube_system_cpu_req'] as const
const summaryOf = (cluster: string): Readonly<Record<(typeof SUMMARY)[number], string>> => ({
  cluster_memory: `sum(max by (instance) (machine_memory_bytes{${cluster}}))`,
  cluster_cpu: `sum(max by (instance) (machine_cpu_cores{${cluster}}))`,
  kube_system_mem_req: kubeSystem('memory', cluster),
  kube_system_cpu_req: kubeSystem('cpu', cluster),
})
function kubeSystem(resource: string, cluster: string): string {
  const within = ['namespace="kube-system"', `resource="${resource}"`, ...(cluster === '' ? [] : [cluster])].join(', ')
  return `sum(max by (job, pod, container) (kube_pod_container_resource_requests{${within}}))`
}

/** One query; it is also the first one of a scan, which shows whether the server answers at all. */
export async function serverFacts(session: UsageSession): Promise<Result<ServerFacts, UsageProblem>> {
  const cluster = session.clusterMatcher.replace(/^, /, '')
  const parts = { [PROBE]: boundaryProbe(session.at), ...summaryOf(cluster), ...ownHistory() }
  const answer = await session.ask(taggedUnion(parts))
  if (!answer.ok) return answer
  const values = new Map(answer.value.map((sample) => [partOf(sample), sample.value] as const))
  const complete = SUMMARY.every((name) => Number.isFinite(values.get(name)))
  return ok({
    closedRanges: values.get(PROBE) === 3,
    ownHistory: HOURS_AGO.filter((hours) => values.has(`own_${hours}`)).map((hours) =>
      unixSeconds(session.at - hours * 3600),
    ),
    clusterSummary: complete ? Object.fromEntries(SUMMARY.map((name) => [name, values.get(name) ?? 0])) : {},
  })
}

const HOURS_AGO = [5, 4, 3, 2, 1, 0] as const
/** krr's `max(prometheus_tsdb_head_series)` of the last five hours. */
const ownHistory = (): Readonly<Record<string, string>> =>
  Object.fromEntries(
    HOURS_AGO.map((hours) => {
      const offset = hours === 0 ? '' : ` offset ${hours}h`
      return [`own_${hours}`, `max(prometheus_tsdb_head_series${offset})`]
    }),
  )

/** Three points where a range is closed on both sides, two where it is open on the left; asked at a point of the grid. */
function boundaryProbe(at: number): string {
  // One step further back than needed: an offset of nothing is a syntax error.
  const back = Math.round((75 + (at % 75)) * 1000)
  return `count_over_time(vector(1)[150s:75s] offset ${back}ms)`
}
