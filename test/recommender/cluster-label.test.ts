import { beforeAll, describe, expect, it } from 'vitest'
import { ok } from '../../src/model/result.ts'
import { unixSeconds } from '../../src/model/time.ts'
import type { ChosenStrategy } from '../../src/model/strategy.ts'
import type { UsageReader } from '../../src/ports/usage-reader.ts'
import type { Scan } from '../../src/model/recommendation.ts'
import { estimateScan } from '../../src/recommender/estimate-scan.ts'
import { readBacktest } from '../../src/recommender/inspect/read-backtest.ts'
import { readDetails } from '../../src/recommender/inspect/read-details.ts'
import { readHistory } from '../../src/recommender/inspect/read-history.ts'
import { scan } from '../../src/recommender/scan.ts'
import { awareWith, limitWith, simpleWith } from './support/chosen.ts'
import { container } from './support/observed.ts'
import { metricsIn, selectorsOf } from './support/selectors.ts'
import { clusterOf, request, sample, usageOf } from './support/stub-ports.ts'

const LABEL = { name: 'cluster', value: 'eu-1 "}x' }
/** As a matcher: the value stays within its quotes. */
const MATCHER = String.raw`cluster="eu-1 \"}x"`
const containers = [
  container({ kind: 'StatefulSet', name: 'db', container: 'main' }),
  container({ name: 'web' }),
  container({ kind: 'CronJob', name: 'tick' }),
  container({ kind: 'DeploymentConfig', name: 'old' }),
]
const POD = { namespace: 'shop', container: 'main', pod: 'db-0', job: 'kubelet' }
/** Answers that lead a scan into every kind of question: several series, an OOM kill, few points in a short window. */
const answers = {
  'count_over_time(vector': [sample(2, { part: 'probe' })],
  kube_replicaset_owner: [
    sample(1, { namespace: 'shop', owner_kind: 'Deployment', owner_name: 'web', replicaset: 'rs' }),
  ],
  'group by (namespace, pod, container)': [sample(1, POD)],
  kube_pod_owner: [sample(1, { namespace: 'shop', owner_kind: 'StatefulSet', owner_name: 'db', pod: 'db-0' })],
  kube_pod_info: [sample(1, { part: 'uid', namespace: 'shop', pod: 'db-0', uid: 'x' })],
  'quantile_over_time(0.95, max': [sample(1, POD)],
  quantile_over_time: ['1', '2'].map((id) => sample(1, { ...POD, id })),
  'label_replace(max by (namespace, container, pod, job) (count_over_time': [sample(3, { ...POD, part: 'looks' })],
  'label_replace(count_over_time(max': [sample(400, { ...POD, part: 'cpu' }), sample(400, { ...POD, part: 'memory' })],
  max_over_time: [sample(2 ** 20, POD)],
}
const series = [{ labels: POD, points: [[unixSeconds(1), 1] as const] }]

/** Of the server itself, asked as krr asks it: no cluster's series. */
const OF_THE_SERVER = ['max(prometheus_tsdb_head_series)']
function expectLabelled(asked: readonly string[], label: string | undefined): void {
  for (const promql of asked.filter((each) => !OF_THE_SERVER.includes(each))) {
    const selectors = selectorsOf(promql)
    // No metric without a selector, and none that the pattern above overlooks.
    expect([promql, selectors.map(({ metric }) => metric)]).toEqual([promql, metricsIn(promql)])
    for (const { matchers } of selectors)
      expect([promql, matchers.includes(MATCHER)]).toEqual([promql, label !== undefined])
  }
}
const labelled = (usage: ReturnType<typeof usageOf>): UsageReader => ({ ...usage, clusterLabel: LABEL })
const cluster = clusterOf(containers, { pods: () => Promise.resolve(ok([])) })

describe.each<[string, ChosenStrategy, readonly string[]]>([
  [
    'simple',
    simpleWith({ useOomkillData: true }),
    ['quantile_over_time(0.95, max', 'reason="OOMKilled"', 'group_left'],
  ],
  ['simple_limit', limitWith(), ['max by (namespace, container, pod, job) (rate(']],
  ['usage_aware', awareWith(), ['cfs_throttled_periods', 'group_left']],
])('the label of a cluster, with %s', (_name, chosen, kinds) => {
  const usage = usageOf(answers, series)
  let done: Scan
  beforeAll(async () => {
    const result = await scan(request({ chosen }), { cluster, usage: labelled(usage) })
    if (!result.ok) throw new Error(result.problem.message)
    done = result.value
  })

  it('is in every selector of every query of a scan', () => {
    for (const kind of [
      'machine_memory_bytes',
      'kube_job_owner',
      'kube_replicationcontroller_owner',
      'kube_pod_info',
      'time() *',
      'count_over_time(max',
      ...kinds,
    ]) {
      expect([kind, usage.asked.some((promql) => promql.includes(kind))]).toEqual([kind, true])
    }
    expectLabelled(usage.asked, LABEL.value)
    expect(done.prometheus.clusterLabel).toEqual(LABEL)
  })

  it('is in every query that a number rests on, as people can paste it', () => {
    const pasted = done.rows.flatMap(({ evidence }) => [...evidence.cpu.queries, ...evidence.memory.queries])
    expect(pasted.length).toBeGreaterThan(3)
    expectLabelled(
      pasted.map(({ promql }) => promql),
      LABEL.value,
    )
  })

  it('is in every query of an estimate', async () => {
    const light = usageOf(answers, series)
    expect(await estimateScan(request({ chosen }), { cluster, usage: labelled(light) })).toMatchObject({ ok: true })
    expect(light.asked.length).toBeGreaterThan(1)
    expectLabelled(light.asked, LABEL.value)
  })

  it('is in every query about a row: that of the scan, whatever the connection has by now', async () => {
    const [row] = done.rows
    if (!row) throw new Error('no row')
    const later = usageOf(answers, series)
    const connected = { usage: { ...later, clusterLabel: { name: 'cluster', value: 'us-2' } } }
    for (const result of [
      await readDetails(done, row, connected),
      await readBacktest(done, row, connected),
      await readHistory(done, [row], connected),
    ]) {
      expect(result.ok).toBe(true)
    }
    expect(later.asked).toHaveLength(4)
    expectLabelled(later.asked, LABEL.value)
  })
})

it('the label of a cluster is in the last question of a scan that found nothing at all', async () => {
  const usage = usageOf({ 'count_over_time(vector': [sample(2, { part: 'probe' })] })
  expect(await scan(request(), { cluster, usage: labelled(usage) })).toMatchObject({
    problem: { reason: 'prometheus_empty' },
  })
  expect(usage.asked.at(-1)).toContain('count(count_over_time(')
  expectLabelled(usage.asked, LABEL.value)
})

it('without a label, none is in any query', async () => {
  const usage = usageOf(answers, series)
  expect(await scan(request(), { cluster, usage })).toMatchObject({ ok: true })
  expectLabelled(usage.asked, undefined)
})
