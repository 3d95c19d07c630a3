import { EVALUATED_AT, type Size } from '../sizes.ts'
import type { BenchWorkload } from './plan-cluster.ts'

/** A line for testbed/blocks: times in milliseconds. */
export interface SeriesLine {
  readonly labels: Readonly<Record<string, string>>
  readonly from: number
  readonly to: number
  readonly every: number
  readonly kind: 'constant' | 'cpu' | 'memory'
  readonly value: number
  readonly seed: number
}
interface Span {
  readonly from: number
  readonly to: number
}

const SCRAPE_MS = 30_000
const MEBIBYTE = 2 ** 20
const PHASES = ['Pending', 'Running', 'Succeeded', 'Failed', 'Unknown']
const KSM = { job: 'kube-state-metrics', instance: 'ksm:8080' }
const CADVISOR = { job: 'kubelet', instance: '10.0.0.1:10250', metrics_path: '/metrics/cadvisor', node: 'n1' }
const ONE = { kind: 'constant', value: 1 } as const

/** All that kubelet and kube-state-metrics would have recorded in this time, every 30 s. */
export function* seriesOfCluster(workloads: readonly BenchWorkload[], { days }: Size): Generator<SeriesLine> {
  const to = EVALUATED_AT * 1000
  // A day more than is looked at: owners are looked for in whole days.
  const whole = { from: to - (days * 24 + 3) * 3_600_000, to }
  const half = { from: whole.from, to: to - days * 43_200_000 }
  for (const workload of workloads) {
    yield* setSeries(workload, whole, half)
    for (const pod of workload.pods)
      yield* podSeries(workload, pod, { ...(workload.gone.length > 0 ? { from: half.to, to } : whole) })
    for (const pod of workload.gone) yield* podSeries(workload, pod, half)
  }
  yield line({ __name__: 'prometheus_tsdb_head_series', job: 'prometheus', instance: 'localhost:9090' }, whole, ONE)
  yield line({ __name__: 'machine_memory_bytes', ...CADVISOR }, whole, { kind: 'constant', value: 64 * 2 ** 30 })
  yield line({ __name__: 'machine_cpu_cores', ...CADVISOR }, whole, { kind: 'constant', value: 16 })
}

const setName = (workload: BenchWorkload, pod: string): string =>
  workload.kind === 'Deployment' ? pod.slice(0, pod.lastIndexOf('-')) : workload.name

function* setSeries({ kind, namespace, name, gone }: BenchWorkload, whole: Span, half: Span): Generator<SeriesLine> {
  if (kind !== 'Deployment') return
  const labels = {
    __name__: 'kube_replicaset_owner',
    ...KSM,
    namespace,
    owner_kind: kind,
    owner_name: name,
    owner_is_controller: 'true',
  }
  yield line({ ...labels, replicaset: `${name}-new` }, whole, ONE)
  if (gone.length > 0) yield line({ ...labels, replicaset: `${name}-old` }, half, ONE)
}

function* podSeries(workload: BenchWorkload, pod: string, span: Span): Generator<SeriesLine> {
  const { namespace, kind, containers } = workload
  const labels = { ...KSM, namespace, pod, uid: `uid-${pod}` }
  const owner = {
    owner_kind: kind === 'Deployment' ? 'ReplicaSet' : kind,
    owner_name: setName(workload, pod),
    owner_is_controller: 'true',
  }
  yield line({ __name__: 'kube_pod_owner', ...labels, ...owner }, span, ONE)
  yield line({ __name__: 'kube_pod_info', ...labels, node: 'n1' }, span, ONE)
  for (const phase of PHASES) {
    const value = phase === 'Running' ? 1 : 0
    yield line({ __name__: 'kube_pod_status_phase', ...labels, phase }, span, { kind: 'constant', value })
  }
  for (const container of containers) yield* containerSeries(workload, { pod, container }, span)
}

function* containerSeries(
  { namespace, restarted }: BenchWorkload,
  { pod, container }: { readonly pod: string; readonly container: string },
  span: Span,
): Generator<SeriesLine> {
  const middle = (span.from + span.to) / 2
  const runs = restarted
    ? [
        { from: span.from, to: middle },
        { from: middle + SCRAPE_MS, to: span.to },
      ]
    : [span]
  for (const [index, run] of runs.entries()) {
    const id = `/kubepods/burstable/pod-${pod}/${container}-${index}`
    const image = 'registry.example.com/team/application:1.2.3'
    const labels = { ...CADVISOR, namespace, pod, container, id, image, name: `k8s_${container}_${pod}_${index}` }
    const size = (seedOf(id) % 1000) / 1000
    yield line({ __name__: 'container_cpu_usage_seconds_total', ...labels, cpu: 'total' }, run, {
      kind: 'cpu',
      value: 0.01 + size,
    })
    yield line({ __name__: 'container_memory_working_set_bytes', ...labels }, run, {
      kind: 'memory',
      value: (50 + size * 800) * MEBIBYTE,
    })
  }
}

function line(labels: SeriesLine['labels'], { from, to }: Span, made: Pick<SeriesLine, 'kind' | 'value'>): SeriesLine {
  const seed = seedOf(JSON.stringify(labels))
  // Targets are scraped one after the other.
  return { labels, from: Math.round(from) + (seed % SCRAPE_MS), to: Math.round(to), every: SCRAPE_MS, ...made, seed }
}

function seedOf(text: string): number {
  let hash = 2_166_136_261
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 16_777_619)
  return hash >>> 0
}
