import { describe, expect, it } from 'vitest'
import { parseQuantity } from '../../src/model/quantity.ts'
import type { Severity } from '../../src/model/recommendation.ts'
import { metricWindow } from '../../src/recommender/metric-window.ts'
import { numpyPercentile } from '../../src/recommender/numbers/numpy-percentile.ts'
import { highest } from '../../src/recommender/numbers/highest.ts'
import { pythonMax } from '../../src/recommender/numbers/python-max.ts'
import { pythonRound } from '../../src/recommender/numbers/python-round.ts'
import { quantileLiteral } from '../../src/recommender/numbers/quantile-literal.ts'
import { roundUpCpu, roundUpMemory } from '../../src/recommender/numbers/round-up.ts'
import { score } from '../../src/recommender/numbers/score.ts'
import type { Summation } from '../../src/recommender/numbers/score.ts'
import { cpuSeverity, memorySeverity, rowSeverity } from '../../src/recommender/numbers/severity.ts'
import { memoryProposal } from '../../src/recommender/strategies/memory-of-peak.ts'
import { krrVectors, type ScoreVector } from './support/krr-vectors.ts'

const DEFAULTS = { cpuMin: 10, memoryMin: 100 }

describe("every vector of krr's own functions", () => {
  it('rounds CPU up to millicores, with the minimum', () => {
    expect(krrVectors.round_cpu).toHaveLength(215)
    for (const [cores, rounded] of krrVectors.round_cpu)
      expect([cores, roundUpCpu(cores, DEFAULTS)]).toEqual([cores, rounded])
    expect(krrVectors.round_cpu_min7).toHaveLength(20)
    for (const [cores, rounded] of krrVectors.round_cpu_min7) {
      expect([cores, roundUpCpu(cores, { ...DEFAULTS, cpuMin: 7 })]).toEqual([cores, rounded])
    }
  })

  it('rounds memory up to MiB, with the minimum', () => {
    expect(krrVectors.round_memory).toHaveLength(209)
    for (const [value, rounded] of krrVectors.round_memory)
      expect([value, roundUpMemory(value, DEFAULTS)]).toEqual([value, rounded])
  })

  it('proposes memory from the peak and the limit of an OOM kill', () => {
    const buffers = { memoryBufferPercentage: 15, oomMemoryBufferPercentage: 25 }
    expect(krrVectors.memory_proposal).toHaveLength(5)
    for (const [peak, oom, proposal] of krrVectors.memory_proposal)
      expect(memoryProposal(peak, oom, buffers)).toBe(proposal)
  })

  it('takes percentiles as numpy does', () => {
    expect(krrVectors.np_percentile.length).toBeGreaterThanOrEqual(60)
    for (const [points, percent, value] of krrVectors.np_percentile)
      expect([percent, numpyPercentile(Float64Array.from(points).sort(), percent)]).toEqual([percent, value])
    expect(numpyPercentile(Float64Array.of(1, Number.NaN).sort(), 10)).toBeNaN()
    expect(numpyPercentile(Float64Array.of(), 10)).toBeNaN()
  })

  it('judges how far a value is off', () => {
    expect([krrVectors.severity_cpu.length, krrVectors.severity_memory.length]).toEqual([90, 48])
    for (const [current, wanted, severity] of krrVectors.severity_cpu) {
      expect([current, wanted, cpuSeverity(current, wanted)]).toEqual([current, wanted, severity])
    }
    for (const [current, wanted, severity] of krrVectors.severity_memory) {
      expect([current, wanted, memorySeverity(current, wanted)]).toEqual([current, wanted, severity])
    }
  })

  it('reads quantities, and those that krr dies on too', () => {
    expect(krrVectors.quantity_parse).toHaveLength(28)
    for (const [text, value] of krrVectors.quantity_parse) {
      if (value !== 'ERROR') expect([text, parseQuantity(text)]).toEqual([text, value])
    }
    expect(['100u', '100n', '1K'].map(parseQuantity)).toEqual([1e-4, 1e-7, undefined])
  })

  it('writes durations, steps and quantiles', () => {
    expect(
      [krrVectors.duration_literal, krrVectors.step_literal, krrVectors.quantile_literal].map((all) => all.length),
    ).toEqual([16, 9, 17])
    for (const [hours, metrics, owners] of krrVectors.duration_literal) {
      const window = metricWindow(hours, 1.25)
      expect([hours, window.duration, window.owners]).toEqual([hours, metrics, owners])
    }
    for (const [minutes, step] of krrVectors.step_literal)
      expect([minutes, metricWindow(48, minutes).step]).toEqual([minutes, step])
    for (const [percentile, literal] of krrVectors.quantile_literal) {
      expect([percentile, quantileLiteral(percentile)]).toEqual([percentile, literal])
    }
  })

  const severitiesOf = ([warnings, criticals, total]: ScoreVector): readonly Severity[] => [
    ...Array.from({ length: warnings }, () => 'WARNING' as const),
    ...Array.from({ length: criticals }, () => 'CRITICAL' as const),
    ...Array.from({ length: total - warnings - criticals }, () => 'GOOD' as const),
  ]
  it.each<[Summation, 'score_py311' | 'score_py312']>([
    ['cpython-3.11', 'score_py311'],
    ['cpython-3.12', 'score_py312'],
  ])('scores as %s adds', (summation, name) => {
    expect(krrVectors[name]).toHaveLength(1759)
    for (const vector of krrVectors[name])
      expect([vector, score(severitiesOf(vector), summation)]).toEqual([vector, vector[3]])
  })
})

describe("Python's arithmetic", () => {
  it('rounds halves to even', () => {
    expect([0.5, 1.5, 2.5, 82.5, 0.48].map(pythonRound)).toEqual([0, 2, 2, 82, 0])
  })

  it('keeps a NaN in front and passes over one behind', () => {
    expect([pythonMax(Number.NaN, 1), pythonMax(1, Number.NaN), pythonMax(1, 2)]).toEqual([Number.NaN, 1, 2])
  })

  it('has no highest value where one is NaN, or where there is none', () => {
    expect([highest([1, Number.NaN, 3]), highest([]), highest([-2, -1]), highest([-Infinity])]).toEqual([
      Number.NaN,
      Number.NaN,
      -1,
      -Infinity,
    ])
  })

  it('leaves NaN alone when it rounds', () => {
    expect([roundUpCpu(Number.NaN, DEFAULTS), roundUpMemory(Number.NaN, DEFAULTS)]).toEqual([Number.NaN, Number.NaN])
  })
})

describe('a row', () => {
  it('is as bad as the worst of its four values; unknown only where nothing else is said', () => {
    const field = (severity: Severity) => ({ value: null, severity })
    const pair = (cpu: Severity, memory: Severity) => ({ cpu: field(cpu), memory: field(memory) })
    expect(rowSeverity(pair('GOOD', 'UNKNOWN'), pair('OK', 'GOOD'))).toBe('OK')
    expect(rowSeverity(pair('UNKNOWN', 'UNKNOWN'), pair('UNKNOWN', 'UNKNOWN'))).toBe('UNKNOWN')
    expect(rowSeverity(pair('CRITICAL', 'WARNING'), pair('OK', 'GOOD'))).toBe('CRITICAL')
  })

  it('scores a hundred where nothing was scanned', () => {
    expect(score([], 'cpython-3.12')).toBe(100)
  })
})
