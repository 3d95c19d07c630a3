import { array, assert, double, integer, property } from 'fast-check'
import { expect, it } from 'vitest'
import { numpyPercentile } from '../../src/recommender/numbers/numpy-percentile.ts'

const value = double({ min: 0, max: 1e6, noNaN: true })
const values = array(value, { minLength: 1, maxLength: 50 })
const percent = double({ min: 0, max: 100, noNaN: true, minExcluded: true })
const sorted = (all: readonly number[]): Float64Array => Float64Array.from(all).sort()

/** By the definition: that far along the line through the sorted values. */
function naive(all: readonly number[], share: number): number {
  const line = all.toSorted((a, b) => a - b)
  const rank = ((line.length - 1) * share) / 100
  const low = line[Math.floor(rank)] ?? Number.NaN
  const high = line[Math.ceil(rank)] ?? low
  return low + (high - low) * (rank - Math.floor(rank))
}

it('is what the definition says, but for the last bits', () => {
  assert(
    property(values, percent, (all, share) => {
      const expected = naive(all, share)
      expect(Math.abs(numpyPercentile(sorted(all), share) - expected)).toBeLessThanOrEqual(1e-9 * (1 + expected))
    }),
  )
})

it('lies between the two values around its place, and so within all of them', () => {
  assert(
    property(values, percent, (all, share) => {
      const line = sorted(all)
      const rank = ((line.length - 1) * share) / 100
      // Rounding may reach a neighbour, never beyond it.
      const low = line[Math.max(0, Math.floor(rank - 1e-9))] ?? Number.NaN
      const high = line[Math.min(line.length - 1, Math.ceil(rank + 1e-9))] ?? Number.NaN
      const found = numpyPercentile(line, share)
      const slack = 1e-12 * high
      expect(found).toBeGreaterThanOrEqual(low - slack)
      expect(found).toBeLessThanOrEqual(high + slack)
    }),
  )
})

it('never falls as the percentage grows, and ends at the highest value', () => {
  assert(
    property(values, percent, percent, (all, a, b) => {
      const line = sorted(all)
      const [less, more] = [numpyPercentile(line, Math.min(a, b)), numpyPercentile(line, Math.max(a, b))]
      expect(more).toBeGreaterThanOrEqual(less - 1e-12 * less)
      expect(numpyPercentile(line, 100)).toBe(Math.max(...all))
    }),
  )
})

it('of equal values is that value, however many there are', () => {
  assert(
    property(value, integer({ min: 1, max: 40 }), percent, (one, count, share) => {
      expect(numpyPercentile(sorted(Array.from({ length: count }, () => one)), share)).toBe(one)
    }),
  )
})
