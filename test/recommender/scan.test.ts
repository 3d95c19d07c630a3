import { describe, expect, it } from 'vitest'
import { problem } from '../../src/model/problem.ts'
import { failed, ok } from '../../src/model/result.ts'
import { unixSeconds } from '../../src/model/time.ts'
import type { UsageProblem } from '../../src/ports/usage-reader.ts'
import { scan } from '../../src/recommender/scan.ts'
import { container, pod } from './support/observed.ts'
import { AT, clusterOf, request, sample, usageOf } from './support/stub-ports.ts'
import { limitWith, simpleSettings } from './support/chosen.ts'

const DB = container({ kind: 'StatefulSet', namespace: 'data', name: 'db', container: 'main' })
const LABELS = { namespace: 'data', container: 'main', pod: 'db-0', job: 'kubelet' }
const OWNER = sample(1, { namespace: 'data', owner_kind: 'StatefulSet', owner_name: 'db', pod: 'db-0' })
const POINTS = [sample(400, { ...LABELS, part: 'cpu' }), sample(400, { ...LABELS, part: 'memory' })]
const answers = (cpu: number, memory: number) => ({
  'count_over_time(vector': [sample(2, { part: 'probe' })],
  kube_pod_owner: [OWNER],
  quantile_over_time: [sample(cpu, LABELS)],
  max_over_time: [sample(memory, LABELS)],
  count_over_time: POINTS,
})
const scanned = async (...[of, ports]: [Parameters<typeof request>[0], Parameters<typeof scan>[1]]) => {
  const result = await scan(request(of), ports)
  if (!result.ok) throw new Error(result.problem.message)
  return result.value
}

describe('a scan', () => {
  it('says what it was: its request, its server, the queries it took', async () => {
    const usage = usageOf(answers(0.5, 2 ** 30))
    const result = await scanned({}, { cluster: clusterOf([DB]), usage })
    expect(result).toMatchObject({
      id: 's-test',
      strategy: 'simple',
      settings: simpleSettings(),
      evaluatedAt: AT,
      prometheus: { origin: 'http://prometheus', queries: usage.asked.length, closedRanges: false },
      clusterSummary: {},
      errors: [{ name: 'HistoryRangeError' }],
    })
    expect(result.rows[0]).toMatchObject({
      row: 1,
      requests: { cpu: { value: 0.5 }, memory: { value: 1178 * 2 ** 20 } },
    })
    expect(usage.asked).toHaveLength(3)
  })

  it('of nothing is empty, not an error', async () => {
    const usage = usageOf({})
    const result = await scanned({}, { cluster: clusterOf([]), usage })
    expect([result.rows, result.withheld, result.score]).toEqual([[], [], 100])
    expect(usage.asked.some((promql) => promql.includes('kube_pod_owner'))).toBe(false)
  })

  it('ends with the problem of the cluster, or of any query', async () => {
    const down = problem('api_unreachable', 'down', '')
    const cluster = clusterOf([DB], { workloads: () => Promise.resolve(failed(down)) })
    expect(await scan(request(), { cluster, usage: usageOf({}) })).toEqual(failed(down))
    const refused: UsageProblem = { reason: 'prometheus_refused', message: 'no', next: '', tooMuch: false }
    for (const fragment of [
      'count_over_time(vector',
      'kube_pod_owner',
      'kube_pod_info',
      'quantile_over_time',
      'max_over_time',
    ]) {
      const usage = usageOf({ ...answers(1, 1), [fragment]: refused })
      expect([fragment, await scan(request(), { cluster: clusterOf([DB]), usage })]).toEqual([
        fragment,
        failed(refused),
      ])
    }
  })

  it('goes on without autoscalers and pods where those are forbidden, and says so', async () => {
    const no = problem('api_forbidden', 'may not list', '')
    const forbidden = () => Promise.resolve(failed(no))
    const cluster = clusterOf([DB], { autoscalers: forbidden, pods: forbidden })
    const result = await scanned({}, { cluster, usage: usageOf(answers(0.5, 2 ** 30)) })
    expect(result.rows).toHaveLength(1)
    expect(result.unread.map(({ kind, reason }) => [kind, reason])).toEqual([
      ['HorizontalPodAutoscaler', 'forbidden'],
      ['Pod', 'forbidden'],
    ])
    expect(result.binding).toMatchObject({ kind: 'unbound', reason: expect.stringContaining('may not list') })
  })

  it('lists pods of all namespaces only where it was asked about all', async () => {
    const asked: unknown[] = []
    const pods = (query: unknown) => {
      asked.push(query)
      return Promise.resolve(ok([]))
    }
    const cluster = clusterOf([DB], { pods })
    await scanned({}, { cluster, usage: usageOf(answers(1, 1)) })
    await scanned({ scope: { namespaces: ['data'], kinds: [] } }, { cluster, usage: usageOf(answers(1, 1)) })
    expect(asked).toEqual([{ namespaces: [] }, { namespaces: ['data'] }])
  })
})

describe('numbers that are none', () => {
  it('become a question mark where they are NaN, as in krr', async () => {
    const { rows, withheld } = await scanned(
      {},
      { cluster: clusterOf([DB]), usage: usageOf(answers(Number.NaN, Number.NaN)) },
    )
    expect(withheld).toEqual([])
    expect(rows[0]).toMatchObject({
      requests: { cpu: { value: '?', severity: 'UNKNOWN' }, memory: { value: '?', severity: 'UNKNOWN' } },
      limits: { cpu: { value: null, severity: 'GOOD' }, memory: { value: '?', severity: 'UNKNOWN' } },
      info: { cpu: null, memory: null },
      severity: 'GOOD',
    })
    // The evidence is kept as JSON, which knows no NaN.
    expect(rows[0]?.evidence.cpu).toMatchObject({ perPod: [], rule: expect.stringContaining('NaN') })
  })

  it.each([Infinity, -Infinity])('become a withheld row with the reason where they are %s', async (memory) => {
    const other = container({ ...DB, name: 'other' })
    const ports = { cluster: clusterOf([DB, other]), usage: usageOf(answers(1, memory)) }
    const { rows, withheld } = await scanned({}, ports)
    expect(withheld).toMatchObject([
      { row: 1, container: DB, reason: expect.stringMatching(/infinite memory usage for db-0/) },
    ])
    expect(rows.map((row) => row.row)).toEqual([2])
  })

  it('of CPU withhold no percentile where one point alone is infinite, as in krr', async () => {
    const points = Array.from(
      { length: 100 },
      (_, at) => [unixSeconds(AT - 100 + at), at === 50 ? Infinity : 0.1] as const,
    )
    const usage = usageOf(answers(1, 2 ** 30), [{ labels: LABELS, points }])
    const { rows, withheld } = await scanned({ chosen: limitWith() }, { cluster: clusterOf([DB]), usage })
    expect(withheld).toEqual([])
    expect(rows[0]).toMatchObject({ requests: { cpu: { value: 0.1 } }, limits: { cpu: { value: 0.1 } } })
  })

  it('are nowhere in a scan, which is kept as JSON', async () => {
    const { rows } = await scanned({}, { cluster: clusterOf([DB]), usage: usageOf(answers(Number.NaN, 5)) })
    expect(JSON.parse(JSON.stringify(rows))).toEqual(rows)
  })
})

describe('the tie between metrics and cluster', () => {
  const bindingWith = async (running: number, known: number) => {
    const pods = Array.from({ length: running }, (_, index) => pod(`db-${index}`, { namespace: 'data' }))
    const info = pods
      .slice(0, known)
      .map(({ namespace, name, uid }) => sample(1, { part: 'uid', namespace, pod: name, uid }))
    const cluster = clusterOf([DB], {
      pods: () =>
        Promise.resolve(ok([...pods, pod('done', { namespace: 'data', phase: 'Succeeded' }), pod('elsewhere')])),
    })
    return (await scanned({}, { cluster, usage: usageOf({ kube_pod_info: info, ...answers(1, 1) }) })).binding
  }
  it('holds from nine in ten running pods on', async () => {
    expect(await bindingWith(10, 9)).toEqual({ kind: 'bound', matched: 9, running: 10 })
    expect(await bindingWith(10, 8)).toMatchObject({ kind: 'unbound', matched: 8, running: 10 })
  })
  it('does not hold where nothing runs, or the metrics do not know UIDs', async () => {
    expect(await bindingWith(0, 0)).toMatchObject({
      kind: 'unbound',
      reason: expect.stringContaining('no pod in scope is running'),
    })
    expect(await bindingWith(3, 0)).toMatchObject({ kind: 'unbound', reason: expect.stringContaining('kube_pod_info') })
  })
})

describe("the server's own history", () => {
  const errorsWith = async (times: readonly number[]) => {
    const own = times.map((at) => sample(1, { part: `own_${(AT - at) / 3600}` }))
    const usage = usageOf({ ...answers(1, 1), 'count_over_time(vector': [sample(2, { part: 'probe' }), ...own] })
    return (await scanned({}, { cluster: clusterOf([DB]), usage })).errors
  }
  it('is long enough from three hours on', async () => {
    expect(await errorsWith([AT - 10_800, AT])).toEqual([])
  })
  it('says when it will be, where it is shorter', async () => {
    expect(await errorsWith([AT - 7200, AT])).toEqual([
      { name: 'NotEnoughHistoryAvailable', retry_after: '2026-11-14T22:00:00' },
    ])
  })
  it('may be unknown', async () => {
    expect(await errorsWith([])).toEqual([{ name: 'HistoryRangeError' }])
  })
})
