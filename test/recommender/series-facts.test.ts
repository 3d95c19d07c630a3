import { describe, expect, it } from 'vitest'
import { failed, ok } from '../../src/model/result.ts'
import type { Sample } from '../../src/ports/usage-reader.ts'
import { metricWindow } from '../../src/recommender/metric-window.ts'
import { loadCpuQuantiles } from '../../src/recommender/usage/load-cpu-quantiles.ts'
import { podShard, type ShardPod } from '../../src/recommender/usage/shard.ts'
import { usageLoad } from '../../src/recommender/usage/usage-load.ts'
import { usageSession } from '../../src/recommender/usage-session.ts'
import { AT, sample, usageOf } from './support/stub-ports.ts'
import { TOO_MUCH } from './support/metrics-over-time.ts'

const pods: readonly ShardPod[] = ['a', 'b', 'c'].map((pod) => ({
  namespace: 'shop',
  pod,
  containers: ['app'],
  points: 9,
}))
const series = (value: number, more: Sample['labels']): Sample =>
  sample(value, { namespace: 'shop', container: 'app', pod: 'a', job: 'kubelet', id: '/a/1', name: 'run-1', ...more })
const EXACT = 'quantile_over_time(0.95, max by'

async function load(rows: readonly Sample[], exact: readonly Sample[] = []) {
  const usage = usageOf({ [EXACT]: exact, quantile_over_time: rows })
  const session = usageSession(usage, AT, { concurrency: 4 })
  const needs = {
    window: metricWindow(48, 1.25),
    cpu: { kind: 'quantile', literal: '0.95' },
    oomLimits: false,
    throttling: false,
    pointsRequired: 100,
  } as const
  const shards = [podShard(pods)]
  const parts = usageLoad({ session, needs, containers: [], pods, shards, budget: 5e6, longRanges: true })
  const loaded = await loadCpuQuantiles(parts, '0.95')
  if (!loaded.ok) throw new Error(loaded.problem.message)
  const { readings, series: facts } = loaded.value
  const valuesOf = (pod: string) => readings.of({ namespace: 'shop', container: 'app' }, pod).map(({ value }) => value)
  const keys = (all: { keys: () => Iterable<string> }) => [...all.keys()]
  return {
    values: Object.fromEntries(pods.map(({ pod }) => [pod, valuesOf(pod)])),
    several: keys(facts.several),
    duplicates: keys(facts.duplicates),
    perCpu: keys(facts.perCpu),
    again: usage.asked.filter((promql) => promql.includes(EXACT)),
  }
}
const A = 'shop/a/app/kubelet'

describe('several series of one container', () => {
  it('are none where each has one: nothing is asked twice', async () => {
    const found = await load([series(0.1, { cpu: 'total' }), series(0.2, { pod: 'b' })])
    expect(found).toEqual({ values: { a: [0.1], b: [0.2], c: [] }, several: [], duplicates: [], perCpu: [], again: [] })
  })

  it('of a restart are two runs, no duplicates', async () => {
    const runs = [series(0.1, {}), series(0.4, { id: '/a/2', name: 'run-2' })]
    const found = await load(runs, [series(0.3, {})])
    expect(found).toMatchObject({ values: { a: [0.3] }, several: [A], duplicates: [], perCpu: [] })
  })

  it('of replicas of a scraper are duplicates: the same run, told apart by labels of the scrape', async () => {
    const twice = ['0', '1'].map((replica) => series(0.1, { prometheus_replica: replica, cpu: 'total' }))
    expect(await load(twice, [series(0.1, {})])).toMatchObject({ several: [A], duplicates: [A], perCpu: [] })
  })

  it('of each CPU are per CPU, and no duplicates', async () => {
    const cpus = ['cpu00', 'cpu01'].map((cpu) => series(0.1, { cpu }))
    expect(await load(cpus, [series(0.1, {})])).toMatchObject({ several: [A], duplicates: [], perCpu: [A] })
    expect(await load([series(0.1, { cpu: 'cpu00' })])).toMatchObject({ several: [], perCpu: [A] })
  })

  it('of each CPU and each replica are both', async () => {
    const all = ['cpu00', 'cpu01'].flatMap((cpu) => ['0', '1'].map((replica) => series(0.1, { cpu, replica })))
    expect(await load(all, [])).toMatchObject({ duplicates: [A], perCpu: [A] })
  })

  it('of several jobs are one each, and readings of their own', async () => {
    const found = await load([series(0.1, {}), series(0.2, { job: 'cadvisor' })])
    expect(found).toMatchObject({ values: { a: [0.1, 0.2] }, several: [], duplicates: [] })
  })

  it('have their value from krr’s own query, asked about their pods only; the others keep theirs', async () => {
    const rows = [series(0.1, {}), series(0.9, { id: '/a/2' }), series(0.2, { pod: 'b' })]
    const found = await load(rows, [series(0.5, {})])
    expect(found.values).toEqual({ a: [0.5], b: [0.2], c: [] })
    expect(found.again).toHaveLength(1)
    expect(found.again[0]).toContain('pod="a"')
  })
})

it('a question that is too much is halved for both queries', async () => {
  const stub = usageOf({ [EXACT]: [], quantile_over_time: [series(0.1, {}), series(0.2, { id: '/a/2' })] })
  const usage = {
    ...stub,
    instant: async (...asked: Parameters<typeof stub.instant>) =>
      asked[0].includes('a|b') ? failed(TOO_MUCH) : (await stub.instant(...asked), ok([])),
  }
  const session = usageSession(usage, AT, { concurrency: 1 })
  const needs = {
    window: metricWindow(48, 1.25),
    cpu: { kind: 'quantile', literal: '0.95' },
    oomLimits: false,
    throttling: false,
    pointsRequired: 1,
  } as const
  const parts = usageLoad({
    session,
    needs,
    containers: [],
    pods,
    shards: [podShard(pods)],
    budget: 5e6,
    longRanges: true,
  })
  expect((await loadCpuQuantiles(parts, '0.95')).ok).toBe(true)
  expect(stub.asked.map((promql) => /pod=~?"([^"]*)"/.exec(promql)?.[1])).toEqual(['a', 'b', 'c'])
})
