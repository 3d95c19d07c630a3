import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { sparkline } from '../../../src/surfaces/render/sparkline.ts'
import { usageFigures } from '../../../src/surfaces/render/usage-figures.ts'

describe('a sparkline', () => {
  it('rises from nothing to the highest', () => {
    expect(sparkline([0, 1, 2, 3, 4, 5, 6, 7], 8)).toBe('▁▂▃▄▅▆▇█')
  })

  it('leaves a gap where nothing is known', () => {
    expect(sparkline([1, null, 1, Number.NaN, Infinity], 5)).toBe('█ █  ')
    expect(sparkline([null, null], 2)).toBe('  ')
  })

  it('keeps a peak when there are more values than room', () => {
    const values = Array.from({ length: 168 }, (_, index) => (index === 100 ? 9 : 0))
    expect(sparkline(values, 12)).toBe('▁▁▁▁▁▁▁█▁▁▁▁')
  })

  it('shows steady usage as high, and no usage as low', () => {
    expect(sparkline([5, 5, 5], 3)).toBe('███')
    expect(sparkline([0, 0, 0], 3)).toBe('▁▁▁')
  })

  it('is never wider than asked, nor than there are values', () => {
    fc.assert(
      fc.property(fc.array(fc.option(fc.double())), fc.integer({ min: -3, max: 40 }), (values, width) => {
        const line = sparkline(values, width)
        expect(Array.from(line)).toHaveLength(Math.min(values.length, Math.max(0, width)))
        expect(line).toMatch(/^[▁▂▃▄▅▆▇█ ]*$/u)
      }),
    )
  })
})

describe('the figures of a chart', () => {
  it('are the lowest, the 95th of 100, and the highest', () => {
    const values = Array.from({ length: 100 }, (_, index) => 100 - index)
    expect(usageFigures([null, ...values])).toEqual({ min: 1, p95: 95, peak: 100 })
    expect(usageFigures([7])).toEqual({ min: 7, p95: 7, peak: 7 })
  })

  it('are none where nothing was seen', () => {
    expect(usageFigures([])).toBeNull()
    expect(usageFigures([null, Number.NaN])).toBeNull()
  })
})
