import { afterAll, beforeAll, expect, it } from 'vitest'
import { resolveConnection } from '../../src/adapters/kubernetes/kubeconfig/resolve-connection.ts'
import { connectReader, type ConnectedReader } from '../../src/adapters/kubernetes/read/connect-reader.ts'
import { connectPrometheus, type PrometheusConnection } from '../../src/adapters/prometheus/connect-prometheus.ts'
import type { Scope } from '../../src/model/observation.ts'
import type { ChosenStrategy } from '../../src/model/strategy.ts'
import { unixSeconds, wallMillis } from '../../src/model/time.ts'
import type { UsageReader } from '../../src/ports/usage-reader.ts'
import { estimateScan } from '../../src/recommender/estimate-scan.ts'
import { describeGolden } from '../harness/describe-golden.ts'
import { awareWith, limitWith, simpleWith } from './support/chosen.ts'
import { scanWorld, valueOf } from './support/scan-world.ts'
import { request } from './support/stub-ports.ts'

describeGolden({ world: 'two-days', seed: 1 }, (running) => {
  let cluster: ConnectedReader
  let usage: PrometheusConnection
  beforeAll(async () => {
    const { kubeconfigFile } = running().controlPlane
    cluster = connectReader(valueOf(await resolveConnection({ kubeconfig: kubeconfigFile, environment: {} })))
    usage = valueOf(connectPrometheus({ url: running().prometheusUrl }))
  })
  afterAll(async () => await Promise.all([cluster?.close(), usage?.close()]))

  async function estimated(chosen: ChosenStrategy, scope: Scope, pointBudget: number) {
    const asked: string[] = []
    const listening: UsageReader = {
      ...usage,
      instant: (promql, ...rest) => (asked.push(promql), usage.instant(promql, ...rest)),
      range: (promql, ...rest) => (asked.push(promql), usage.range(promql, ...rest)),
    }
    const evaluatedAt = unixSeconds(running().evaluatedAt)
    const of = request({ chosen, scope, evaluatedAt, takenAt: wallMillis(evaluatedAt * 1000) })
    return { ...valueOf(await estimateScan(of, { cluster, usage: listening }, { pointBudget })), asked }
  }

  it.each<[string, ChosenStrategy, Scope['compat'] & string, number]>([
    ['simple', simpleWith({ historyHours: 48 }), 'fixed', 5_000_000],
    ['simple', simpleWith({ historyHours: 48, useOomkillData: true }), 'krr', 50_000],
    ['simple-limit', limitWith({ historyHours: 48 }), 'fixed', 5_000_000],
    // 23,040 steps: krr gets no CPU data, and nothing is asked for.
    ['simple-limit', limitWith({ historyHours: 480 }), 'krr', 5_000_000],
    ['simple-limit', limitWith({ historyHours: 480 }), 'fixed', 5_000_000],
    ['usage-aware', awareWith({ historyHours: 48 }), 'fixed', 100_000],
  ])('foretells what a scan asks: %s', async (_name, chosen, compat, pointBudget) => {
    const scope = { namespaces: [], kinds: [], compat }
    const foretold = await estimated(chosen, scope, pointBudget)
    const scan = await scanWorld(running(), { chosen, scope }, { pointBudget })
    expect(foretold.containers).toBe(scan.rows.length + scan.withheld.length)
    const { queries } = scan.prometheus
    // Exact counts, groups of several series and what was not there all the time come on top, for the few containers that need them.
    expect(queries).toBeGreaterThanOrEqual(foretold.queries)
    expect(queries).toBeLessThanOrEqual(Math.ceil(foretold.queries * 1.25) + 2)
    expect(foretold.largestQuery).toBeLessThanOrEqual(pointBudget)
    expect(foretold.points).toBeGreaterThan(2 * foretold.containers * 1000)
  })

  it('asks nothing heavy itself: no container’s series, a handful of questions', async () => {
    const { asked } = await estimated(limitWith({ historyHours: 48 }), { namespaces: [], kinds: [] }, 5_000_000)
    expect(asked.length).toBeGreaterThan(2)
    expect(asked.length).toBeLessThanOrEqual(8)
    for (const promql of asked) {
      expect(promql).not.toMatch(/\bcontainer_/)
      expect(promql).not.toMatch(/\[2d:/)
    }
  })
})
