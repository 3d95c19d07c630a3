import { afterAll, beforeAll, expect, it } from 'vitest'
import { connectPrometheus, type PrometheusConnection } from '../../src/adapters/prometheus/connect-prometheus.ts'
import { bytes, cores } from '../../src/model/quantity.ts'
import type { ObservedContainer } from '../../src/model/observation.ts'
import type { Scan, ScanRow } from '../../src/model/recommendation.ts'
import { scan } from '../../src/recommender/scan.ts'
import { describeRealWithMetrics } from '../harness/describe-real.ts'
import { type RunningPrometheus, startPrometheus } from '../harness/start-prometheus.ts'
import { awareWith } from './support/chosen.ts'
import { container, pod as podOf } from './support/observed.ts'
import { valueOf } from './support/scan-world.ts'
import { counter, every, type KnownSeries, seriesText } from './support/series-text.ts'
import { AT, clusterOf, request } from './support/stub-ports.ts'
import { ok } from '../../src/model/result.ts'

const MiB = 2 ** 20
/** An hour more than the four that the scan looks at. */
const START = -18_000
const NOW = [START, 0] as const

interface PodSketch {
  readonly name: string
  readonly span?: readonly [from: number, to: number]
  readonly scrape?: number
  /** When the kubelet was not scraped. */
  readonly missing?: (before: number) => boolean
  /** Labels that tell several series of the container apart. */
  readonly series?: readonly Readonly<Record<string, string>>[]
  /** Of its CPU periods. */
  readonly throttled?: number
  readonly killedUnder?: number
}
/** Everything that is recorded about a pod of a workload: 0.2 cores and 100 MiB. */
function recorded(workload: string, pod: PodSketch): readonly KnownSeries[] {
  const { name, span = NOW, scrape = 30, missing = () => false, series = [{}], throttled, killedUnder } = pod
  const of = (metric: string, labels: KnownSeries['labels'], valueAt: (before: number) => number): KnownSeries => ({
    metric,
    labels: { namespace: 'shop', pod: name, ...labels },
    samples: every(scrape, span, {
      end: AT,
      valueAt: (before) => (metric.startsWith('container_') && missing(before) ? undefined : valueAt(before)),
    }),
  })
  const [from] = span
  const grows = (rate: number) => counter(() => rate, scrape, from)
  const app = { container: 'app', job: 'kubelet', id: `/${name}`, name }
  const ksm = { job: 'kube-state-metrics' }
  return [
    of('kube_pod_owner', { ...ksm, owner_kind: 'StatefulSet', owner_name: workload }, () => 1),
    of('kube_pod_info', { ...ksm, uid: `uid-${name}` }, () => 1),
    of('kube_pod_status_phase', { ...ksm, phase: 'Running' }, () => 1),
    ...series.flatMap((more) => [
      of('container_cpu_usage_seconds_total', { ...app, ...more }, grows(0.2)),
      of('container_memory_working_set_bytes', { ...app, ...more }, () => 100 * MiB),
    ]),
    ...(throttled === undefined
      ? []
      : [
          of('container_cpu_cfs_periods_total', app, grows(10)),
          of('container_cpu_cfs_throttled_periods_total', app, grows(10 * throttled)),
        ]),
    ...(killedUnder === undefined
      ? []
      : [
          of('kube_pod_container_resource_limits', { ...ksm, container: 'app', resource: 'memory' }, () => killedUnder),
          of(
            'kube_pod_container_status_last_terminated_reason',
            { ...ksm, container: 'app', reason: 'OOMKilled' },
            () => 1,
          ),
        ]),
  ]
}

const everyOther = (before: number): boolean => Math.floor(before / 1800) % 2 === 0
const WORKLOADS: Readonly<Record<string, readonly PodSketch[]>> = {
  throttled: [{ name: 'throttled-0', throttled: 0.3 }],
  calm: [{ name: 'calm-0', throttled: 0.05 }],
  killed: [{ name: 'killed-0', killedUnder: 200 * MiB }],
  quiet: [{ name: 'quiet-0' }],
  replaced: [
    { name: 'replaced-a', span: [START, -420] },
    { name: 'replaced-b', span: [-420, 0] },
  ],
  young: [{ name: 'young-0', span: [-3600, 0] }],
  sparse: [{ name: 'sparse-0', scrape: 60 }],
  silent: [{ name: 'silent-0', missing: (before) => before > -3600 }],
  holes: [
    { name: 'holes-0', missing: everyOther },
    { name: 'holes-1', missing: everyOther },
  ],
  twice: [{ name: 'twice-0', series: [{ replica: '0' }, { replica: '1' }] }],
  'per-cpu': [{ name: 'per-cpu-0', series: [{ cpu: 'cpu00' }, { cpu: 'cpu01' }] }],
}
const observedAs = (name: string): ObservedContainer =>
  container({
    kind: 'StatefulSet',
    name,
    uid: `uid-${name}`,
    allocations: {
      requests: { cpu: cores(1), memory: bytes(512 * MiB) },
      limits: { cpu: cores(2), memory: bytes(512 * MiB) },
    },
  })

describeRealWithMetrics('a usage-aware scan of what Prometheus recorded', (_controlPlane, binaries) => {
  let prometheus: RunningPrometheus
  let usage: PrometheusConnection
  let done: Scan
  beforeAll(async () => {
    const all = Object.entries(WORKLOADS).flatMap(([name, pods]) => pods.flatMap((pod) => recorded(name, pod)))
    prometheus = await startPrometheus(binaries, { kind: 'open_metrics', text: seriesText(all) })
    usage = valueOf(connectPrometheus({ url: prometheus.url }))
    const pods = Object.values(WORKLOADS)
      .flat()
      .map(({ name }) => podOf(name))
    const cluster = clusterOf(Object.keys(WORKLOADS).map(observedAs), { pods: () => Promise.resolve(ok(pods)) })
    done = valueOf(await scan(request({ chosen: awareWith({ historyHours: 4 }) }), { cluster, usage }))
  })
  afterAll(async () => {
    await usage?.close()
    await prometheus?.stop()
  })
  const row = (name: string): ScanRow => {
    const found = done.rows.find(({ container: { name: each } }) => each === name)
    if (!found) throw new Error(`no row ${name}`)
    return found
  }
  const cpuOf = (name: string) => [row(name).requests.cpu.value, row(name).limits.cpu.value, row(name).info.cpu]
  const marksOf = (name: string) => row(name).marks.map(({ kind }) => kind)

  it('does not lower the CPU of what its limit throttled', () => {
    expect(cpuOf('throttled')).toEqual([1, null, 'Throttled'])
    expect(row('throttled').evidence.cpu.rule).toContain('30 % of its periods')
    expect(row('throttled').evidence.cpu.queries.some(({ promql }) => promql.includes('cfs_throttled'))).toBe(true)
  })

  it('gives the percentile plus headroom to what is not throttled, or only a little', () => {
    for (const name of ['calm', 'quiet']) {
      const [request_, limit, info] = cpuOf(name)
      expect([name, limit, info]).toEqual([name, null, null])
      // 0.2 cores and 15 %, up to a millicore more.
      expect(request_).toBeGreaterThanOrEqual(0.23)
      expect(request_).toBeLessThanOrEqual(0.231)
    }
  })

  it('does not lower the memory of what was killed for it, and lowers the others’', () => {
    expect([row('killed').requests.memory.value, row('killed').limits.memory.value]).toEqual([512 * MiB, 512 * MiB])
    expect(row('killed').info.memory).toBe('OOMKill detected')
    expect(row('quiet').requests.memory.value).toBe(115 * MiB)
    expect(row('quiet').info.memory).toBeNull()
  })

  it('has no mark on what is healthy, nor on what was replaced some minutes ago', () => {
    for (const name of ['throttled', 'calm', 'killed', 'quiet', 'replaced'])
      expect([name, marksOf(name)]).toEqual([name, []])
    expect(row('quiet').evidence.cpu.seen).toMatchObject({ covered: 1, to: AT })
    const every_ = row('quiet').evidence.cpu.seen?.scrapeSeconds ?? 0
    expect(every_).toBeGreaterThanOrEqual(29)
    expect(every_).toBeLessThanOrEqual(30)
  })

  it.each([
    ['young', ['short_history']],
    ['sparse', ['sparse_scrapes']],
    ['silent', ['old_data']],
    ['holes', ['gaps']],
    ['twice', ['duplicate_series']],
    ['per-cpu', ['per_cpu_series']],
  ])('marks what the data of %s is worth', (name, marks) => {
    expect(marksOf(name)).toEqual(marks)
  })
})
