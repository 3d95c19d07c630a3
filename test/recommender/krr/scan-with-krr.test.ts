import { describe, expect, it } from 'vitest'
import type { ObservedContainer, Scope } from '../../../src/model/observation.ts'
import { problem } from '../../../src/model/problem.ts'
import type { Scan } from '../../../src/model/recommendation.ts'
import { failed, ok } from '../../../src/model/result.ts'
import type { ScanReader } from '../../../src/ports/cluster-reader.ts'
import type { KrrEngine } from '../../../src/ports/krr-engine.ts'
import type { UsageReader } from '../../../src/ports/usage-reader.ts'
import { scanWithKrr } from '../../../src/recommender/krr/scan-with-krr.ts'
import { autoscaler, container, pod } from '../support/observed.ts'
import { AT, clusterOf, request, sample, usageOf } from '../support/stub-ports.ts'
import { krrRow, krrSays } from './support/krr-says.ts'

interface World {
  readonly containers?: readonly ObservedContainer[]
  readonly cluster?: Partial<ScanReader>
  readonly usage?: UsageReader
  readonly scope?: Partial<Scope>
  readonly options?: Parameters<typeof scanWithKrr>[2]
}
const tried = async (krr: KrrEngine, world: World = {}) =>
  await scanWithKrr(
    request({ scope: { namespaces: [], kinds: [], ...world.scope } }),
    {
      krr,
      cluster: clusterOf(world.containers ?? [container()], world.cluster),
      usage: world.usage ?? usageOf({}),
    },
    world.options,
  )
async function scanned(krr: KrrEngine, world: World = {}): Promise<Scan> {
  const scan = await tried(krr, world)
  if (!scan.ok) throw new Error(scan.problem.message)
  return scan.value
}

describe('a scan by krr', () => {
  it('is refused where the metrics hold several clusters: krr would merge them, and is not started', async () => {
    const twice = ['a', 'b'].flatMap((uid) =>
      [1, 2, 3].map((at) => sample(1, { part: 'uid', namespace: 'shop', pod: `web-${at}`, uid: `${uid}-${at}` })),
    )
    const krr = krrSays([krrRow()])
    const scan = await tried(krr, { usage: usageOf({ kube_pod_info: twice }) })
    expect(scan).toMatchObject({ ok: false, problem: { reason: 'several_clusters' } })
    expect(krr.asked).toEqual([])
  })

  it('has krr’s numbers on our own list: uid, labels and selector are the cluster’s', async () => {
    const listed = container({ uid: 'uid-1', labels: { app: 'web' }, selector: { matchLabels: { app: 'web' } } })
    const krr = krrSays([krrRow({ warnings: ['NoPrometheusCPUMetrics'] })])
    const scan = await scanned(krr, { containers: [listed] })
    expect(scan).toMatchObject({
      engine: { name: 'krr', version: 'v1.29.0' },
      compat: 'krr',
      strategy: 'simple',
      score: 42,
      withheld: [],
      rows: [
        {
          row: 1,
          container: listed,
          pods: [{ name: 'web-a', deleted: false }],
          requests: { cpu: { value: 0.05 }, memory: { value: 2 ** 28 } },
          severity: 'WARNING',
          warnings: ['NoPrometheusCPUMetrics'],
        },
      ],
    })
    expect(krr.asked).toMatchObject([{ chosen: request().chosen, scope: scan.scope, at: AT }])
    expect(scan.prometheus.queries).toBeGreaterThan(7)
  })

  it('says who computed a number and with which settings, and shows no evidence that there is not', async () => {
    const [row] = (await scanned(krrSays([krrRow({ info: { cpu: null, memory: 'Not enough data' } })]))).rows
    expect(row?.evidence.cpu).toMatchObject({ queries: [], perPod: [], windowSeconds: 336 * 3600, stepSeconds: 75 })
    expect(row?.evidence.cpu.rule).toContain(
      'krr v1.29.0 computed this CPU value, with the strategy simple (history 336 h',
    )
    expect(row?.evidence.memory.rule).toContain('krr v1.29.0 says “Not enough data” about memory')
  })

  it('has krr’s view of the autoscaler', async () => {
    const seen = {
      minReplicas: 1,
      maxReplicas: 5,
      currentReplicas: null,
      desiredReplicas: 2,
      cpuUtilization: 80,
      memoryUtilization: null,
    }
    const [row] = (await scanned(krrSays([krrRow({ autoscaler: seen })]))).rows
    expect(row?.autoscaler).toEqual({ namespace: 'shop', targetKind: 'Deployment', targetName: 'web', ...seen })
  })

  it('is tied to the cluster by the UIDs of its pods, which krr does not look at', async () => {
    const present = (uid: string) =>
      usageOf({ kube_pod_info: [sample(1, { part: 'uid', namespace: 'shop', pod: 'web-a', uid })] })
    const cluster = { pods: () => Promise.resolve(ok([pod('web-a')])) }
    expect((await scanned(krrSays([krrRow()]), { cluster, usage: present('uid-web-a') })).binding.kind).toBe('bound')
    expect((await scanned(krrSays([krrRow()]), { cluster, usage: present('other') })).binding.kind).toBe('unbound')
  })
})

describe('a row that is withheld', () => {
  const reasons = ({ withheld }: Scan) =>
    withheld.map(({ row, container: { name, uid }, reason }) => [row, name, uid, reason])

  it('is a container that krr left out', async () => {
    const containers = [container(), container({ name: 'api', uid: 'u2' }), container({ name: 'db', uid: 'u3' })]
    const scan = await scanned(krrSays([krrRow(), krrRow({ name: 'db' })]), { containers })
    expect(scan.rows.map(({ row, container: { name } }) => [row, name])).toEqual([
      [1, 'web'],
      [3, 'db'],
    ])
    expect(reasons(scan)).toEqual([[2, 'api', 'u2', 'krr left it out without a word']])
  })

  it('is a sidecar, which krr never looks at', async () => {
    const containers = [container(), container({ container: 'proxy', sidecar: true })]
    const scan = await scanned(krrSays([krrRow()]), { containers })
    expect(scan.withheld.map(({ reason }) => reason)).toEqual(['krr does not look at native sidecars'])
  })

  it('is one that the cluster does not list: it has no UID and leads to no change', async () => {
    const scan = await scanned(krrSays([krrRow(), krrRow({ name: 'gone' })]))
    expect(scan.rows).toHaveLength(1)
    expect(reasons(scan)).toEqual([
      [2, 'gone', '', 'krr has a number for it, but the cluster does not list it (any more)'],
    ])
  })

  it.each([
    ['kind', { kind: 'StatefulSet' as const }],
    ['namespace', { namespace: 'other' }],
    ['container', { container: 'sidecar' }],
  ])('is one of the same name and another %s', async (_what, more) => {
    const scan = await scanned(krrSays([krrRow(more)]))
    expect(scan.rows).toEqual([])
    expect(scan.withheld).toHaveLength(2)
  })

  it('is one whose requests krr saw differently: another cluster, or changed meanwhile', async () => {
    const allocations = { ...krrRow().allocations, limits: { cpu: null, memory: krrRow().allocations.requests.memory } }
    const scan = await scanned(krrSays([krrRow({ allocations })]))
    expect(scan.withheld.map(({ reason }) => reason)).toEqual([
      expect.stringContaining('krr saw other requests or limits'),
    ])
  })

  it('is one whose autoscaler krr did not see: it would be sized as if there were none', async () => {
    const cluster = { autoscalers: () => Promise.resolve(ok([autoscaler({ cpuUtilization: 80 })])) }
    const scan = await scanned(krrSays([krrRow()]), { cluster })
    expect(scan.rows).toEqual([])
    expect(scan.withheld[0]?.reason).toContain('krr did not see the autoscaler')
  })

  it('is one that krr answered twice', async () => {
    const scan = await scanned(krrSays([krrRow(), krrRow()]))
    expect(scan.withheld.map(({ reason }) => reason)).toEqual(['krr gave 2 answers for this container'])
  })
})

describe('a query that krr lost', () => {
  const lost = (promql: string) => [{ promql, why: 'too many samples' }]
  const owners = 'last_over_time(kube_pod_owner{owner_name=~"web", owner_kind="ReplicaSet", namespace="shop"}[14d])'

  it('makes krr size by the pods of today: such rows are withheld', async () => {
    const today = krrRow({ warnings: ['NoPrometheusPods'] })
    const scan = await scanned(krrSays([today], { lost: lost(owners) }))
    expect(scan.rows).toEqual([])
    expect(scan.withheld[0]?.reason).toContain('krr could not ask which pods there were')
    expect(scan.notes.at(-1)).toBe(
      '1 query of krr failed, which krr reports as missing data. The first: too many samples.',
    )
  })

  it('says nothing about rows of other namespaces, or of which krr knew the pods', async () => {
    const elsewhere = krrRow({ namespace: 'other', warnings: ['NoPrometheusPods'] })
    const containers = [container(), container({ namespace: 'other' })]
    const scan = await scanned(krrSays([krrRow(), elsewhere], { lost: lost(owners) }), { containers })
    expect(scan.rows).toHaveLength(2)
  })

  it('makes krr forget an OOM kill: such rows are withheld', async () => {
    const kills =
      'max(kube_pod_container_status_last_terminated_reason{reason="OOMKilled", namespace="shop", pod=~"web-a", container="app"})'
    const containers = [container(), container({ container: 'other' })]
    const scan = await scanned(krrSays([krrRow(), krrRow({ container: 'other' })], { lost: lost(kills) }), {
      containers,
    })
    expect(scan.rows.map((row) => row.container.container)).toEqual(['other'])
  })
})

it('a number that krr lost on the way is told apart from one that there is not', async () => {
  const query =
    'quantile_over_time(0.95, max(rate(container_cpu_usage_seconds_total{namespace="shop", container="app"}[75s])))'
  const noData = krrRow({ info: { cpu: 'No data', memory: null } })
  const [row] = (await scanned(krrSays([noData], { lost: [{ promql: query, why: 'too many samples' }] }))).rows
  expect(row?.evidence.cpu.rule).toContain('failed')
  expect(row?.evidence.cpu.rule).toContain('too many samples')
  expect(row?.evidence.memory.rule).not.toContain('failed')
})

describe('filters that krr does not have', () => {
  const all = [container(), container({ namespace: 'test' }), container({ container: 'log' })]
  const krr = () =>
    krrSays([krrRow(), krrRow({ namespace: 'test' }), krrRow({ container: 'log' }), krrRow({ name: 'gone' })])
  /** A reader that obeys them. */
  const cluster: Partial<ScanReader> = {
    workloads: ({ excludeNamespaces = [], containers = [] }) =>
      Promise.resolve(
        ok({
          containers: all.filter(
            (each) =>
              !excludeNamespaces.includes(each.namespace) &&
              (containers.length === 0 || containers.includes(each.container)),
          ),
          unread: [],
        }),
      ),
  }

  it('choose from krr’s rows afterwards; what is gone is still said', async () => {
    const scan = await scanned(krr(), { cluster, scope: { excludeNamespaces: ['test'], containers: ['app'] } })
    expect(scan.rows.map(({ container: { namespace, container: name } }) => [namespace, name])).toEqual([
      ['shop', 'app'],
    ])
    expect(scan.withheld.map(({ container: { name } }) => name)).toEqual(['gone'])
  })

  it('leave no score of krr’s, which is about all of its rows', async () => {
    const scan = await scanned(krr(), { cluster, scope: { excludeNamespaces: ['test'] } })
    expect(scan.score).toBe(30)
  })
})

describe('a scan that cannot be', () => {
  it('has krr’s own problem', async () => {
    const reason = { reason: 'krr_timeout', message: 'm', next: 'n' } as const
    const krr = { ...krrSays([]), scan: () => Promise.resolve(failed(reason)) }
    expect(await tried(krr)).toEqual(failed(reason))
  })

  it.each([
    ['workloads', { cluster: { workloads: () => Promise.resolve(failed(problem('api_forbidden', 'm', 'n'))) } }],
    ['metrics', { usage: { ...usageOf({}), instant: () => Promise.resolve(failed(DOWN)) } }],
  ])('does not start krr: %s', async (_what, world) => {
    const krr = krrSays([krrRow()])
    expect((await tried(krr, world)).ok).toBe(false)
    expect(krr.asked).toEqual([])
  })

  it('does not start krr over a quantity that krr cannot read', async () => {
    const krr = krrSays([krrRow()])
    const answer = await tried(krr, { containers: [container(), container({ deviations: ['exact_quantity'] })] })
    expect(answer).toMatchObject({ ok: false, problem: { reason: 'krr_failed' } })
    expect(answer.ok || answer.problem.message).toContain('shop deployment/web/app')
    expect(krr.asked).toEqual([])
  })

  it('is an empty scan where there is nothing: krr would fail', async () => {
    const krr = krrSays([])
    const scan = await scanned(krr, { containers: [] })
    expect(krr.asked).toEqual([])
    expect(scan).toMatchObject({ rows: [], withheld: [], engine: { name: 'krr', version: 'v1.29.0' } })
  })
})

const DOWN = { reason: 'prometheus_unreachable', message: 'm', next: 'n', tooMuch: false } as const

it('tells who watches how far krr is', async () => {
  const seen: unknown[] = []
  const krr = krrSays([krrRow()])
  await scanned(krr, { options: { progress: (progress) => seen.push(progress) } })
  krr.asked[0]?.progress?.(3)
  krr.asked[0]?.progress?.(99)
  expect(seen).toEqual([
    { phase: 'cluster' },
    { phase: 'metrics', answered: 3, expected: 13 },
    { phase: 'metrics', answered: 99, expected: 99 },
  ])
})

it('says of groups of jobs what krr does to them', async () => {
  const scan = await scanned(krrSays([krrRow()]), { scope: { jobGrouping: { labels: ['app'], limit: 500 } } })
  expect(scan.notes.join()).toContain('groups of jobs')
})
