import { assert, integer, property, record } from 'fast-check'
import { expect, it } from 'vitest'
import { unixSeconds } from '../../src/model/time.ts'
import type { RangeWindow } from '../../src/ports/usage-reader.ts'
import { halfRanges, LONGEST_RANGE, rangeChunks } from '../../src/recommender/usage/range-chunks.ts'

/** The times at which a server evaluates a range. */
function pointsOf({ start, end, stepSeconds }: RangeWindow): readonly number[] {
  const points: number[] = []
  for (let at: number = start; at <= end; at += stepSeconds) points.push(at)
  return points
}
const windows = record({
  start: integer({ min: 1_000_000_000, max: 2_000_000_000 }),
  length: integer({ min: 0, max: 400_000 }),
  stepSeconds: integer({ min: 60, max: 7200 }),
}).map(({ start, length, stepSeconds }) => ({
  start: unixSeconds(start),
  end: unixSeconds(start + length),
  stepSeconds,
}))

it('pieces have the very points of the whole range: none twice, none lost, none too many', () => {
  assert(
    property(windows, integer({ min: 1, max: 900 }), (window, most) => {
      const chunks = rangeChunks(window, most)
      expect(chunks.flatMap(pointsOf)).toEqual(pointsOf(window))
      for (const chunk of chunks) expect(pointsOf(chunk).length).toBeLessThanOrEqual(most)
    }),
  )
})

it('halves have the points of the whole, until there is one point only', () => {
  const taken = (window: RangeWindow): readonly number[] => {
    const halves = halfRanges(window)
    return halves ? halves.flatMap(taken) : pointsOf(window)
  }
  assert(
    property(windows, (window) => {
      const points = pointsOf(window)
      const [first, second] = halfRanges(window) ?? []
      if (points.length === 1) expect(first).toBeUndefined()
      else {
        const sizes = [first, second].map((half) => (half ? pointsOf(half).length : 0)) as [number, number]
        expect(sizes[0] - sizes[1]).toBeLessThanOrEqual(1)
        expect(taken(window)).toEqual(points)
      }
    }),
    { numRuns: 30 },
  )
})

it("krr's default range is two pieces that a stock server answers", () => {
  const end = unixSeconds(1_793_491_200)
  const chunks = rangeChunks({ start: unixSeconds(end - 336 * 3600), end, stepSeconds: 75 }, LONGEST_RANGE)
  expect(chunks.map((chunk) => pointsOf(chunk).length)).toEqual([11_000, 5129])
  expect(chunks.map(({ start, end: last }) => (last - start) / 75 <= LONGEST_RANGE)).toEqual([true, true])
})
