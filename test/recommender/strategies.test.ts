import { describe, expect, it } from 'vitest'
import { chooseStrategy } from '../../src/recommender/strategies/choose-strategy.ts'
import type { ObservedUsage } from '../../src/recommender/strategies/strategy.ts'
import { simple } from '../../src/recommender/strategies/simple.ts'
import { lengthOfTime, percentileText } from '../../src/recommender/strategies/words.ts'
import { simpleSettings } from './support/chosen.ts'
import { autoscaler, container, usage } from './support/observed.ts'

const MiB = 2 ** 20
const SIMPLE_DEFAULTS = simpleSettings()
const on = (observed: Omit<ObservedUsage, 'container'>): ObservedUsage => ({ container: container(), ...observed })
const few = { counted: 99, windowSeconds: 86_400, required: 100 }

describe('the strategy simple', () => {
  it('takes the highest of the pods for CPU, without a limit, and the highest plus a buffer for memory', () => {
    const observed = { usage: usage({ a: { cpu: 0.2, memory: 100 }, b: { cpu: 0.1, memory: 200 } }), autoscaler: null }
    const { cpu, memory } = simple.propose(on(observed), SIMPLE_DEFAULTS)
    expect(cpu).toEqual({
      request: 0.2,
      limit: null,
      info: null,
      basis: "95th percentile of each pod's CPU over 14 d at 75 s steps, highest of 2 pods (a: 0.2 cores)",
    })
    expect(memory).toMatchObject({ request: 200 * MiB * 1.15, limit: 200 * MiB * 1.15, info: null })
  })

  it('gives its reasons for no number in the order of krr: no data, not enough, autoscaler', () => {
    const scaled = autoscaler({ cpuUtilization: 80, memoryUtilization: 80 })
    const infos = (observed: Omit<ObservedUsage, 'container'>, settings = SIMPLE_DEFAULTS) => {
      const { cpu, memory } = simple.propose(on(observed), settings)
      return [cpu.info, memory.info, cpu.request, cpu.limit]
    }
    const one = { a: { cpu: 1, memory: 1 } }
    const young = usage(one, { cpuPoints: few, memoryPoints: few })
    expect(infos({ usage: usage({}, { cpuPoints: few, memoryPoints: few }), autoscaler: scaled })).toEqual([
      'No data',
      'No data',
      Number.NaN,
      Number.NaN,
    ])
    expect(infos({ usage: young, autoscaler: scaled })).toEqual([
      'Not enough data',
      'Not enough data',
      Number.NaN,
      Number.NaN,
    ])
    expect(infos({ usage: usage(one), autoscaler: scaled })).toEqual([
      'HPA detected',
      'HPA detected',
      Number.NaN,
      Number.NaN,
    ])
    expect(infos({ usage: usage(one), autoscaler: scaled }, { ...SIMPLE_DEFAULTS, allowHpa: true })).toEqual([
      null,
      null,
      1,
      null,
    ])
  })

  it('does not mind an autoscaler on the other resource, or on an absolute value', () => {
    const one = usage({ a: { cpu: 1, memory: 1 } })
    const onCpu = simple.propose(on({ usage: one, autoscaler: autoscaler({ cpuUtilization: 50 }) }), SIMPLE_DEFAULTS)
    expect([onCpu.cpu.info, onCpu.memory.info]).toEqual(['HPA detected', null])
    const absolute = simple.propose(on({ usage: one, autoscaler: autoscaler({}) }), SIMPLE_DEFAULTS)
    expect([absolute.cpu.info, absolute.memory.info]).toEqual([null, null])
  })

  it('says that a kill was seen, also where it changes nothing, but not without data', () => {
    const settings = { ...SIMPLE_DEFAULTS, useOomkillData: true }
    const memoryOf = (values: Parameters<typeof usage>[0]) =>
      simple.propose(on({ usage: usage(values), autoscaler: null }), settings).memory
    expect(memoryOf({ a: { memory: 100, oomLimit: 512 } })).toMatchObject({
      request: 640 * MiB,
      info: 'OOMKill detected',
    })
    expect(memoryOf({ a: { memory: 1000, oomLimit: 10 } })).toMatchObject({
      request: 1000 * MiB * 1.15,
      info: 'OOMKill detected',
    })
    expect(memoryOf({ a: { memory: 100, oomLimit: 0 } })).toMatchObject({ info: null })
    expect(memoryOf({ a: { oomLimit: 512 } })).toMatchObject({ request: Number.NaN, info: 'No data' })
  })

  it('has no number where one pod has none, whatever krr knows of kills', () => {
    const { cpu, memory } = simple.propose(
      on({
        usage: usage({ a: { cpu: Number.NaN, memory: Number.NaN, oomLimit: 512 }, b: { cpu: 1, memory: 1 } }),
        autoscaler: null,
      }),
      SIMPLE_DEFAULTS,
    )
    expect([cpu.request, memory.request]).toEqual([Number.NaN, Number.NaN])
    expect(cpu.basis).toContain('not a number (NaN)')
  })
})

describe('settings', () => {
  it('may be what krr allows', () => {
    expect(chooseStrategy('simple', {})).toEqual({
      ok: true,
      value: { strategy: 'simple', settings: SIMPLE_DEFAULTS },
    })
    const least = { cpuMin: 0, memoryMin: 0, oomMemoryBufferPercentage: 0, historyHours: 1 }
    expect(chooseStrategy('simple', least)).toMatchObject({ ok: true, value: { settings: least } })
    expect(chooseStrategy('simple_limit', { cpuRequest: 1, cpuLimit: 100 })).toMatchObject({
      ok: true,
      value: { strategy: 'simple_limit', settings: { cpuRequest: 1, cpuLimit: 100, memoryBufferPercentage: 15 } },
    })
  })

  it.each([
    ['history_duration', { historyHours: 0.5 }],
    ['history_duration', { historyHours: Number.NaN }],
    ['timeframe_duration', { timeframeMinutes: 0 }],
    ['timeframe_duration', { timeframeMinutes: 0.008 }],
    ['cpu_percentile', { cpuPercentile: 101 }],
    ['cpu_percentile', { cpuPercentile: 0 }],
    ['memory_buffer_percentage', { memoryBufferPercentage: 0 }],
    ['oom_memory_buffer_percentage', { oomMemoryBufferPercentage: -1 }],
    ['points_required', { pointsRequired: 0 }],
    ['points_required', { pointsRequired: 1.5 }],
    ['cpu-min', { cpuMin: -1 }],
    ['mem-min', { memoryMin: Infinity }],
    ['allow-hpa', { allowHpa: 1 }],
  ])('must not be outside its bounds: %s', (flag, wrong) => {
    expect(chooseStrategy('simple', wrong)).toMatchObject({
      ok: false,
      problem: {
        reason: 'bad_setting',
        message: expect.stringContaining(flag),
        next: expect.stringContaining(`--${flag}`),
      },
    })
  })
})

it('a CPU limit below the request is refused, whatever krr makes of it', () => {
  expect(chooseStrategy('simple_limit', { cpuRequest: 96, cpuLimit: 66 })).toMatchObject({
    ok: false,
    problem: { reason: 'bad_setting', next: expect.stringContaining('--cpu_limit') },
  })
  expect(chooseStrategy('simple_limit', { cpuRequest: 66, cpuLimit: 66 })).toMatchObject({ ok: true })
})

describe('a setting of another strategy', () => {
  it('is refused, with the strategy that has it', () => {
    expect(chooseStrategy('simple', { cpuLimit: 96 })).toMatchObject({
      ok: false,
      problem: {
        message: 'cpu_limit is no setting of simple.',
        next: expect.stringContaining('the strategy simple-limit'),
      },
    })
    expect(chooseStrategy('simple_limit', { cpuPercentile: 95 })).toMatchObject({
      ok: false,
      problem: { next: expect.stringContaining('simple or usage-aware') },
    })
  })

  it('does not matter where it was not given', () => {
    expect(chooseStrategy('simple', { cpuLimit: undefined })).toMatchObject({ ok: true })
  })
})

it('lengths of time and percentiles read well', () => {
  expect([1_209_600, 172_800, 86_400, 3600, 5400].map(lengthOfTime)).toEqual(['14 d', '48 h', '24 h', '1 h', '90 min'])
  expect(['0.95', '0.01', '0.62', '0.03', '0.11', '1.0'].map(percentileText)).toEqual([
    '95th percentile',
    '1st percentile',
    '62nd percentile',
    '3rd percentile',
    '11th percentile',
    'maximum',
  ])
})
