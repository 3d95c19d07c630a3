import { describe, expect, it } from 'vitest'
import { bytes, cores } from '../../src/model/quantity.ts'
import type { Allocated, Allocations } from '../../src/model/observation.ts'
import type { UsageAwareSettings } from '../../src/model/strategy.ts'
import { usageAware } from '../../src/recommender/strategies/usage-aware.ts'
import type { ContainerUsage } from '../../src/recommender/usage/container-usage.ts'
import { awareSettings } from './support/chosen.ts'
import { autoscaler, container, usage } from './support/observed.ts'

const MiB = 2 ** 20
const nothing = { cpu: null, memory: null }
const allocated = (more: Partial<Allocations>): Allocations => ({ requests: nothing, limits: nothing, ...more })
const cpuIs = (value: Allocated<number>) => ({
  cpu: typeof value === 'number' ? cores(value) : value,
  memory: null,
})
const memoryIs = (value: Allocated<number>) => ({
  cpu: null,
  memory: typeof value === 'number' ? bytes(value * MiB) : value,
})
const propose = (
  used: ContainerUsage,
  allocations: Allocations = allocated({}),
  more: Partial<UsageAwareSettings> = {},
) => usageAware.propose({ container: container({ allocations }), usage: used, autoscaler: null }, awareSettings(more))
const used = (throttledShare?: number) =>
  usage({ a: { cpu: 0.2, memory: 100 } }, throttledShare === undefined ? {} : { throttledShare })

describe('CPU, aware of throttling', () => {
  it('is the percentile plus headroom where nothing throttles', () => {
    for (const share of [undefined, 0, 0.1]) {
      const { cpu } = propose(used(share), allocated({ requests: cpuIs(1) }))
      expect(cpu).toMatchObject({ request: 0.2 * 1.15, limit: null, info: null })
    }
    expect(propose(used(), undefined, { cpuHeadroomPercentage: 0 }).cpu.request).toBe(0.2)
  })

  it('is not lowered where the limit throttled more than allowed', () => {
    const { cpu } = propose(used(0.1001), allocated({ requests: cpuIs(1), limits: cpuIs(2) }))
    expect(cpu).toMatchObject({ request: 1, limit: null, info: 'Throttled' })
    expect(cpu.basis).toContain('the present request (1 cores)')
    expect(cpu.basis).toContain('10 % of its periods in the worst hour')
  })

  it('is raised where even throttled it used more', () => {
    const { cpu } = propose(used(0.5), allocated({ requests: cpuIs(0.1), limits: cpuIs(0.3) }))
    expect(cpu).toMatchObject({ request: 0.2 * 1.15, info: 'Throttled' })
  })

  it('keeps the limit as the request where it has no other: that is the request it was given', () => {
    expect(propose(used(0.5), allocated({ limits: cpuIs(0.8) })).cpu.request).toBe(0.8)
  })

  it('calls it throttled as the setting says', () => {
    const infoAt = (throttledAbovePercentage: number) =>
      propose(used(0.05), undefined, { throttledAbovePercentage }).cpu.info
    expect([infoAt(0), infoAt(4.9), infoAt(5), infoAt(100)]).toEqual(['Throttled', 'Throttled', null, null])
  })

  it('stays withheld where krr withholds it, however throttled', () => {
    const scaled = autoscaler({ cpuUtilization: 70 })
    const { cpu } = usageAware.propose({ container: container(), usage: used(1), autoscaler: scaled }, awareSettings())
    expect(cpu).toMatchObject({ request: Number.NaN, info: 'HPA detected' })
    expect(propose(usage({}, { throttledShare: 1 })).cpu).toMatchObject({ request: Number.NaN, info: 'No data' })
  })
})

describe('memory, aware of kills', () => {
  const killed = usage({ a: { memory: 100, oomLimit: 200 } })

  it('is what krr makes of the limit it was killed under', () => {
    expect(propose(killed).memory).toMatchObject({ request: 250 * MiB, limit: 250 * MiB, info: 'OOMKill detected' })
  })

  it('is never less than what it has now, as request or as limit', () => {
    for (const allocations of [allocated({ limits: memoryIs(512) }), allocated({ requests: memoryIs(512) })]) {
      const { memory } = propose(killed, allocations)
      expect(memory).toMatchObject({ request: 512 * MiB, limit: 512 * MiB, info: 'OOMKill detected' })
      expect(memory.basis).toContain('kept at what it has now (512 MiB)')
    }
  })

  it('may be lowered where nothing was killed', () => {
    const { memory } = propose(used(), allocated({ requests: memoryIs(512), limits: memoryIs(512) }))
    expect(memory).toMatchObject({ request: 100 * MiB * 1.15, info: null })
  })

  it('is no number where the peak is none: what it has now is not made one, nor is nothing', () => {
    const broken = usage({ a: { memory: Number.NaN, oomLimit: 200 } })
    for (const allocations of [allocated({}), allocated({ limits: memoryIs(512) })]) {
      expect(propose(broken, allocations).memory.request).toBeNaN()
    }
  })
})

it('looks at kills and throttling unless told not to', () => {
  expect(usageAware.needs(awareSettings())).toMatchObject({ oomLimits: true, throttling: true })
  expect(usageAware.needs(awareSettings({ useOomkillData: false }))).toMatchObject({ oomLimits: false })
})
