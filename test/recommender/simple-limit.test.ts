import { describe, expect, it } from 'vitest'
import type { Compat } from '../../src/model/observation.ts'
import { ok } from '../../src/model/result.ts'
import type { SimpleLimitSettings } from '../../src/model/strategy.ts'
import { scan } from '../../src/recommender/scan.ts'
import { simpleLimit } from '../../src/recommender/strategies/simple-limit.ts'
import type { ObservedUsage } from '../../src/recommender/strategies/strategy.ts'
import { limitSettings, limitWith } from './support/chosen.ts'
import { metricsOverTime } from './support/metrics-over-time.ts'
import { autoscaler, container, usage } from './support/observed.ts'
import { clusterOf, request, sample, usageOf } from './support/stub-ports.ts'

const MiB = 2 ** 20
const propose = (observed: Omit<ObservedUsage, 'container'>, more: Partial<SimpleLimitSettings> = {}) =>
  simpleLimit.propose({ container: container(), ...observed }, limitSettings(more))
const ONE = usage({ a: { cpu: 0.9, memory: 100 } }, { cpuPercentiles: [0.2, 0.7] })

describe('the strategy simple_limit', () => {
  it('takes its two percentiles as request and limit, and memory as simple does', () => {
    const { cpu, memory } = propose({ usage: ONE, autoscaler: null })
    expect(cpu).toEqual({
      request: 0.2,
      limit: 0.7,
      info: null,
      basis: '66th percentile (limit: 96th) of all CPU points of 1 pod over 14 d at 75 s steps',
    })
    expect(memory).toMatchObject({ request: 100 * MiB * 1.15, limit: 100 * MiB * 1.15 })
  })

  it('has no CPU number, request or limit, for krr’s reasons', () => {
    const few = { counted: 99, windowSeconds: 1, required: 100 }
    const scaled = autoscaler({ cpuUtilization: 80 })
    const cpuOf = (observed: Omit<ObservedUsage, 'container'>, more = {}) => {
      const { request: least, limit, info } = propose(observed, more).cpu
      return [least, limit, info]
    }
    const [none, withheld] = [Number.NaN, Number.NaN]
    expect(cpuOf({ usage: usage({}), autoscaler: scaled })).toEqual([none, withheld, 'No data'])
    expect(cpuOf({ usage: { ...ONE, cpuPoints: few }, autoscaler: scaled })).toEqual([
      none,
      withheld,
      'Not enough data',
    ])
    const enough = { ...few, counted: 100 }
    expect(cpuOf({ usage: { ...ONE, cpuPoints: enough }, autoscaler: null })).toEqual([0.2, 0.7, null])
    expect(cpuOf({ usage: ONE, autoscaler: scaled })).toEqual([none, withheld, 'HPA detected'])
    expect(cpuOf({ usage: ONE, autoscaler: scaled }, { allowHpa: true })).toEqual([0.2, 0.7, null])
  })

  it('asks for all of the history, which krr’s other queries cut to whole days', () => {
    const { window, cpu } = simpleLimit.needs(limitSettings({ historyHours: 36 }))
    expect(window.seconds).toBe(86_400)
    expect(cpu).toEqual({ kind: 'percentiles', percents: [66, 96], historySeconds: 129_600 })
  })
})

describe('a scan with simple_limit', () => {
  const POINTS = { namespace: 'shop', container: 'app', pod: 'web-1', job: 'kubelet' }
  const answers = {
    'count_over_time(vector': [sample(2, { part: 'probe' })],
    kube_replicaset_owner: [
      sample(1, { namespace: 'shop', owner_kind: 'Deployment', owner_name: 'web', replicaset: 'web-rs' }),
    ],
    kube_pod_owner: [sample(1, { namespace: 'shop', owner_kind: 'ReplicaSet', owner_name: 'web-rs', pod: 'web-1' })],
    max_over_time: [sample(200 * MiB, POINTS)],
    count_over_time: [sample(144, { ...POINTS, part: 'cpu' }), sample(144, { ...POINTS, part: 'memory' })],
  }
  const scanned = async (compat: Compat, historyHours: number) => {
    const server = metricsOverTime([{ pod: 'web-1', valueAt: () => 0.25 }])
    const result = await scan(
      request({ chosen: limitWith({ historyHours }), scope: { namespaces: [], kinds: [], compat } }),
      {
        cluster: clusterOf([container()], { pods: () => Promise.resolve(ok([])) }),
        usage: { ...usageOf(answers), ...server },
      },
    )
    if (!result.ok) throw new Error(result.problem.message)
    const [row] = result.value.rows
    if (!row) throw new Error('no row')
    return { row, ranges: server.asked.filter(({ promql }) => promql.includes('container_')).length }
  }

  it('in krr’s way has no CPU number where krr’s range is refused, and krr’s warning', async () => {
    const { row, ranges } = await scanned('krr', 336)
    expect(row).toMatchObject({
      requests: { cpu: { value: '?' }, memory: { value: 230 * MiB } },
      limits: { cpu: { value: '?' } },
      info: { cpu: 'No data', memory: null },
      warnings: ['NoPrometheusCPUMetrics'],
      deviations: [],
    })
    expect(ranges).toBe(0)
  })

  it('in our way has numbers there, and says that krr has none', async () => {
    const { row, ranges } = await scanned('fixed', 336)
    expect(row).toMatchObject({
      requests: { cpu: { value: 0.25 } },
      limits: { cpu: { value: 0.25 } },
      info: { cpu: null },
      warnings: [],
      deviations: ['chunked_range'],
    })
    expect(ranges).toBe(2)
  })

  it('is the same in both ways up to 11,000 steps', async () => {
    const longest = 825_000 / 3600
    const [krr, ours, above] = [
      await scanned('krr', longest),
      await scanned('fixed', longest),
      await scanned('krr', 230),
    ]
    expect([krr.row.requests.cpu.value, krr.row.warnings, krr.row.deviations]).toEqual([0.25, [], []])
    expect([ours.row.requests.cpu.value, ours.row.warnings, ours.row.deviations]).toEqual([0.25, [], []])
    expect(above.row.requests.cpu.value).toBe('?')
  })
})
