import { describe, expect, it } from 'vitest'
import type { Compat } from '../../src/model/observation.ts'
import type { ChosenStrategy } from '../../src/model/strategy.ts'
import { ok } from '../../src/model/result.ts'
import { scan } from '../../src/recommender/scan.ts'
import { AMAZON, stepForServer } from '../../src/recommender/strategies/step-for-server.ts'
import { metricWindow } from '../../src/recommender/metric-window.ts'
import { awareWith, limitWith, simpleWith } from './support/chosen.ts'
import { container } from './support/observed.ts'
import { clusterOf, request, sample, usageOf } from './support/stub-ports.ts'

const stepOf = (chosen: ChosenStrategy, engine: string | undefined, compat: Compat): string => {
  const { historyHours, timeframeMinutes } = stepForServer(chosen, { engine, compat }).settings
  return metricWindow(historyHours, timeframeMinutes).step
}

describe('the step', () => {
  it('is stretched on Amazon’s Prometheus in krr’s way, for both of krr’s strategies', () => {
    expect([simpleWith(), limitWith()].map((chosen) => stepOf(chosen, AMAZON, 'krr'))).toEqual(['121s', '121s'])
  })

  it('is as asked anywhere else, in our way, and for a strategy that krr does not have', () => {
    expect(stepOf(simpleWith(), 'Prometheus', 'krr')).toBe('75s')
    expect(stepOf(simpleWith(), undefined, 'krr')).toBe('75s')
    expect(stepOf(simpleWith(), AMAZON, 'fixed')).toBe('75s')
    expect(stepOf(awareWith(), AMAZON, 'krr')).toBe('75s')
  })

  it('is stretched from more than 11,000 steps on', () => {
    const [longest, longer] = [825_000 / 3600, 825_075 / 3600]
    expect(stepOf(simpleWith({ historyHours: longest }), AMAZON, 'krr')).toBe('75s')
    expect(stepOf(simpleWith({ historyHours: longer }), AMAZON, 'krr')).toBe('83s')
  })
})

describe('a scan on Amazon’s Prometheus', () => {
  const scanned = async (compat: Compat, historyHours = 336) => {
    const stub = usageOf({
      'count_over_time(vector': [sample(2, { part: 'probe' })],
      kube_pod_owner: [sample(1, { namespace: 'shop', owner_kind: 'StatefulSet', owner_name: 'web', pod: 'web-0' })],
      max_over_time: [sample(1, { namespace: 'shop', container: 'app', pod: 'web-0', job: 'kubelet' })],
    })
    const cluster = clusterOf([container({ kind: 'StatefulSet' })], { pods: () => Promise.resolve(ok([])) })
    const asked = request({ chosen: simpleWith({ historyHours }), scope: { namespaces: [], kinds: [], compat } })
    const result = await scan(asked, { cluster, usage: { ...stub, engine: AMAZON } })
    if (!result.ok) throw new Error(result.problem.message)
    return {
      scan: result.value,
      memory: stub.asked.find((promql) => promql.includes('max_over_time(container_memory')),
    }
  }

  it('asks at krr’s step in krr’s way, and says which', async () => {
    const { scan: done, memory } = await scanned('krr')
    expect(memory).toContain('[14d:121s]')
    expect(done.settings.timeframeMinutes).toBe(2.016)
    expect(done.rows[0]?.deviations).toEqual([])
  })

  it('asks at one step in our way, and says that krr would not', async () => {
    const { scan: done, memory } = await scanned('fixed')
    expect(memory).toContain('[14d:75s]')
    expect(done.rows[0]?.deviations).toEqual(['one_step'])
    // krr counts the steps of the history as it was given, not of the whole days that its queries look at.
    expect((await scanned('fixed', 230)).scan.rows[0]?.deviations).toEqual(['one_step'])
    expect((await scanned('fixed', 229)).scan.rows[0]?.deviations).toEqual([])
  })
})
