import { afterAll, beforeAll, expect, it } from 'vitest'
import { connectPrometheus, type PrometheusConnection } from '../../src/adapters/prometheus/connect-prometheus.ts'
import type { Scan, ScanRow } from '../../src/model/recommendation.ts'
import { unixSeconds } from '../../src/model/time.ts'
import { readBacktest } from '../../src/recommender/inspect/read-backtest.ts'
import { readDetails } from '../../src/recommender/inspect/read-details.ts'
import { readHistory } from '../../src/recommender/inspect/read-history.ts'
import { describeRealWithMetrics } from '../harness/describe-real.ts'
import { type RunningPrometheus, startPrometheus } from '../harness/start-prometheus.ts'
import { rowOf, scanOf, type RowSketch } from '../safety/support/scan-of.ts'
import { simpleSettings } from './support/chosen.ts'
import { valueOf } from './support/scan-world.ts'
import { counter, every, type KnownSeries, seriesText } from './support/series-text.ts'

const MiB = 2 ** 20
/** On the grid of the steps, of the hours and of the charts. */
const UNTIL = 1_793_491_200
const START = -10_800
const SCRAPE = 30
type Span = readonly [from: number, to: number]
const within = (before: number, [from, to]: Span): boolean => before >= from && before < to

/** Samples every half minute; times are seconds before the scan, `web-1` is there for three of its four hours. */
function series(
  metric: string,
  labels: KnownSeries['labels'],
  valueAt: (before: number) => number | undefined,
  span: Span = [START, 0],
): KnownSeries {
  const all = { namespace: 'shop', container: 'app', ...labels }
  return { metric, labels: all, samples: every(SCRAPE, span, { end: UNTIL, valueAt }) }
}
const CPU = 'container_cpu_usage_seconds_total'
const MEMORY = 'container_memory_working_set_bytes'
const PERIODS = 'container_cpu_cfs_periods_total'
const THROTTLED = 'container_cpu_cfs_throttled_periods_total'
const RESTARTS = 'kube_pod_container_status_restarts_total'
const KILLED = 'kube_pod_container_status_last_terminated_reason'
const count = (rateAt: (before: number) => number, from = START) => counter(rateAt, SCRAPE, from)

const web1 = { pod: 'web-1', job: 'kubelet' }
const web2 = { pod: 'web-2', job: 'kubelet' }
const gappy = { pod: 'gappy-1', job: 'kubelet' }
/** No point of the grid looks at the sample of two minutes before the end: the one before it looks at 150 s before. */
const PEAK = -120
const HIGH: Span = [-3600, -2850]
const BUSY: Span = [-7200, -6450]
const HOLE: Span = [-5730, -5100]
const memoryOfWeb1 = (before: number): number => {
  if (before === PEAK) return 900 * MiB
  return within(before, HIGH) ? 400 * MiB : 100 * MiB
}
const WORLD: readonly KnownSeries[] = [
  series(MEMORY, web1, memoryOfWeb1),
  // Another scraper of the same pod: krr takes the kubelet's numbers.
  series(MEMORY, { ...web1, job: 'another' }, () => 200 * MiB),
  series(
    CPU,
    web1,
    count((before) => (within(before, BUSY) ? 1 : 0.2)),
  ),
  series(
    CPU,
    { ...web1, job: 'another' },
    count(() => 0.6),
  ),
  series(MEMORY, web2, () => 50 * MiB, [-3600, 0]),
  series(
    CPU,
    web2,
    count(() => 0.1, -3600),
    [-3600, 0],
  ),
  // Three in ten of its periods for an hour, none after.
  series(
    PERIODS,
    web1,
    count(() => 10),
  ),
  series(
    THROTTLED,
    web1,
    count((before) => (within(before, [-7200, -3600]) ? 3 : 0)),
  ),
  series(
    PERIODS,
    web2,
    count(() => 10, -3600),
    [-3600, 0],
  ),
  series(
    THROTTLED,
    web2,
    count(() => 1, -3600),
    [-3600, 0],
  ),
  series(RESTARTS, { pod: 'web-1', job: 'ksm' }, () => 7),
  series(RESTARTS, { pod: 'web-2', job: 'ksm' }, (before) => (before < -1800 ? 2 : 5), [-3600, 0]),
  series(KILLED, { pod: 'web-2', job: 'ksm', reason: 'OOMKilled' }, () => 1, [-1800, -900]),
  series(KILLED, { pod: 'web-1', job: 'ksm', reason: 'OOMKilled' }, () => 0),
  series(KILLED, { pod: 'web-1', job: 'ksm', reason: 'Completed' }, () => 1),
  series(MEMORY, gappy, (before) => (within(before, HOLE) ? undefined : 70 * MiB)),
  series(CPU, gappy, (before) => (within(before, HOLE) ? undefined : count(() => 0.3)(before))),
  // Nobody's business: another namespace, another container, another pod.
  series(MEMORY, { ...web1, namespace: 'else' }, () => 5000 * MiB),
  series(MEMORY, { ...web1, container: 'sidecar' }, () => 5000 * MiB),
  series(MEMORY, { ...web1, pod: 'web-10' }, () => 5000 * MiB),
]

const rowWith = (sketch: RowSketch, pods: readonly string[]): ScanRow => ({
  ...rowOf(sketch),
  pods: pods.map((name) => ({ name, deleted: false })),
})
const WEB = rowWith({ row: 1, cpu: 0.5, memory: 300 * MiB, memoryLimit: 450 * MiB }, ['web-1', 'web-2', 'never-seen'])
const TWIN = rowWith({ row: 2, kind: 'Rollout' }, ['web-1', 'web-2'])
const GAPPY = rowWith({ row: 3, name: 'gappy', cpu: '?', memory: 60 * MiB, memoryLimit: null }, ['gappy-1'])
const NOBODY = rowWith({ row: 4, name: 'nobody' }, ['nobody-1'])
const SCAN: Scan = {
  ...scanOf([WEB, TWIN, GAPPY, NOBODY]),
  strategy: 'simple',
  settings: simpleSettings({ historyHours: 4 }),
  evaluatedAt: unixSeconds(UNTIL),
}

describeRealWithMetrics('the metrics about a row', (_controlPlane, binaries) => {
  let prometheus: RunningPrometheus
  let usage: PrometheusConnection
  beforeAll(async () => {
    prometheus = await startPrometheus(binaries, { kind: 'open_metrics', text: seriesText(WORLD) })
    usage = valueOf(connectPrometheus({ url: prometheus.url }))
  })
  afterAll(async () => {
    await usage?.close()
    await prometheus?.stop()
  })

  const details = async (row: ScanRow) => valueOf(await readDetails(SCAN, row, { usage }))
  const backtest = async (row: ScanRow) => valueOf(await readBacktest(SCAN, row, { usage }))

  it('know the peak between two points, the worst hour’s throttling, kills and restarts', async () => {
    const { throttledShare, ...rest } = await details(WEB)
    expect(rest).toEqual({ rawPeakMemory: 900 * MiB, oomKilled: 1, restarts: 3 })
    expect(throttledShare).toBeCloseTo(0.3, 6)
  })

  it('do not make up what nobody recorded', async () => {
    expect(await details(GAPPY)).toEqual({
      rawPeakMemory: 70 * MiB,
      throttledShare: null,
      oomKilled: null,
      restarts: null,
    })
    expect(await details(NOBODY)).toEqual({
      rawPeakMemory: null,
      throttledShare: null,
      oomKilled: null,
      restarts: null,
    })
    // Restarts are known, and no kill is: that is a finding.
    expect(await details(rowWith({}, ['web-1']))).toMatchObject({ oomKilled: 0, restarts: 0 })
  })

  it('count the points at which the recommendation would not have been enough, of the job that it is from', async () => {
    expect(await backtest(WEB)).toEqual({
      // Three hours and one hour of 75 s steps; a rate needs two samples, so it begins one step later.
      cpuOverRequest: { over: 10, points: 144 + 48 },
      memoryOverRequest: { over: 10, points: 145 + 49 },
      memoryOverLimit: { over: 0, points: 145 + 49 },
    })
    const tight = rowWith({ cpu: 0.15, memory: 60 * MiB, memoryLimit: 350 * MiB }, ['web-1', 'web-2'])
    expect(await backtest(tight)).toEqual({
      cpuOverRequest: { over: 144, points: 192 },
      memoryOverRequest: { over: 145, points: 194 },
      memoryOverLimit: { over: 10, points: 194 },
    })
  })

  it('count nothing for a value that is none', async () => {
    const { memoryOverRequest, ...rest } = await backtest(GAPPY)
    expect(rest).toEqual({ cpuOverRequest: null, memoryOverLimit: null })
    expect(memoryOverRequest?.over).toBe(memoryOverRequest?.points)
    expect(await backtest(NOBODY)).toEqual({ cpuOverRequest: null, memoryOverRequest: null, memoryOverLimit: null })
  })

  it('draw the highest pod at each step, the same for rows of the same pods, and nothing where nothing was', async () => {
    const charts = valueOf(await readHistory(SCAN, SCAN.rows, { usage, points: 8 }))
    expect([...charts.keys()]).toEqual([1, 2, 3, 4])
    const web = charts.get(1)
    expect(web).toMatchObject({ from: UNTIL - 7 * 1800, stepSeconds: 1800 })
    const mebibytes = (row: number) => charts.get(row)?.memory.map((value) => value && value / MiB)
    const cores = (row: number) => charts.get(row)?.cpu.map((value) => value && Number(value.toFixed(6)))
    // The other job has 200 MiB and 0.6 cores: a chart shows the highest of all that was seen.
    expect(mebibytes(1)).toEqual([null, 200, 200, 200, 200, 400, 200, 200])
    expect(cores(1)).toEqual([null, null, 0.6, 0.6, 0.6, 0.6, 0.6, 0.6])
    expect(charts.get(2)).toEqual(web)
    expect(mebibytes(3)).toEqual([null, 70, 70, 70, null, 70, 70, 70])
    expect(cores(3)).toEqual([null, null, 0.3, 0.3, null, 0.3, 0.3, 0.3])
    expect([mebibytes(4), cores(4)].flat().every((value) => value === null)).toBe(true)
  })

  it('draw no finer than the scan looked, and no more points than there may be', async () => {
    const fine = valueOf(await readHistory(SCAN, [WEB], { usage, points: 100_000 }))
    expect(fine.get(1)).toMatchObject({ stepSeconds: 75 })
    expect(fine.get(1)?.memory.filter((value) => value === 400 * MiB)).toHaveLength(10)
    for (const points of [1, 7, 168]) {
      const chart = valueOf(await readHistory(SCAN, [WEB], { usage, points })).get(1)
      expect(chart?.memory.length).toBeLessThanOrEqual(points)
      expect(chart?.memory.at(-1)).toBe(200 * MiB)
    }
  })

  it('are as of the scan, not as of now', async () => {
    const before = { ...SCAN, evaluatedAt: unixSeconds(UNTIL - 3600) }
    expect(valueOf(await readDetails(before, WEB, { usage }))).toMatchObject({
      rawPeakMemory: 400 * MiB,
      oomKilled: 0,
      restarts: 0,
    })
  })
})
