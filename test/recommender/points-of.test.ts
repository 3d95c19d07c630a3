import { describe, expect, it } from 'vitest'
import { chooseJob } from '../../src/recommender/usage/choose-job.ts'
import { decidingWindow } from '../../src/recommender/usage/load-points.ts'
import { allPointsOf, fewestPointsOf } from '../../src/recommender/usage/points-of.ts'
import { readingTable } from '../../src/recommender/usage/reading-table.ts'
import { NO_SERIES } from '../../src/recommender/usage/series-facts.ts'
import type { UsageTables } from '../../src/recommender/usage/usage-tables.ts'
import { metricWindow } from '../../src/recommender/metric-window.ts'

const APP = { namespace: 'shop', container: 'app' }
const reading = (pod: string, job: string, value: number) => ({ ...APP, pod, job, value })
const table = (...rows: readonly (readonly [pod: string, job: string, value: number])[]) =>
  readingTable(rows.map(([pod, job, value]) => reading(pod, job, value)))

describe('a pod that several jobs scrape', () => {
  it("is the kubelet's, else the first by name, a missing name before all others", () => {
    const [kubelet, a, b, none] = ['kubelet', 'a', 'b', ''].map((job) => reading('p', job, 1))
    expect(chooseJob([a!, kubelet!, none!])).toBe(kubelet)
    expect(chooseJob([b!, a!])).toBe(a)
    expect(chooseJob([a!, none!])).toBe(none)
    expect(chooseJob([])).toBeUndefined()
  })
})

describe('points', () => {
  const tables = (more: Partial<UsageTables> = {}): UsageTables => ({
    cpu: table(['a', 'cadvisor', 0.1], ['b', 'cadvisor', 0.1]),
    memory: table(['a', 'cadvisor', 9], ['b', 'cadvisor', 9]),
    oomLimits: table(),
    cpuSeries: { readings: table(), series: NO_SERIES },
    throttling: table(),
    spans: { first: table(), last: table(), steps: table(), recent: table(), stepSeconds: 3600 },
    fewest: { cpu: table(['a', 'cadvisor', 144], ['b', 'cadvisor', 100]), memory: table(['a', 'cadvisor', 140]) },
    fewestSeconds: 10_800,
    ...more,
  })
  const counted = { container: APP, pods: ['a', 'b', 'gone'] }

  it('are at least those of the last hours, over all pods', () => {
    expect(fewestPointsOf(counted, tables(), 'cpu')).toBe(244)
    expect(fewestPointsOf(counted, tables(), 'memory')).toBe(140)
  })

  it('of the last hours decide nothing about a pod whose job may be another one over the whole window', () => {
    const kubeletBefore = tables({ memory: table(['a', 'cadvisor', 9], ['a', 'kubelet', 9]) })
    expect(fewestPointsOf(counted, kubeletBefore, 'cpu')).toBe(100)
    expect(fewestPointsOf(counted, kubeletBefore, 'memory')).toBe(0)
  })

  it('of the whole window are those of the job that krr takes', () => {
    expect(
      allPointsOf(counted, table(['a', 'cadvisor', 900], ['a', 'kubelet', 5], ['b', 'x', 7], ['other', 'x', 50])),
    ).toBe(12)
  })

  it('are looked for in the shortest window that can decide, never in more than the whole', () => {
    const literal = (hours: number, minutes: number, required: number) =>
      decidingWindow(metricWindow(hours, minutes), required).duration
    expect(literal(336, 1.25, 100)).toBe('138m')
    expect(literal(336, 1.25, 500)).toBe('688m')
    expect(literal(48, 5, 100)).toBe('550m')
    expect(literal(1, 1.25, 100)).toBe('60m')
    expect(literal(24, 5, 5000)).toBe('1440m')
  })
})
