import { assert, integer, property } from 'fast-check'
import { expect, it } from 'vitest'
import { settledTime } from '../../../src/app/agent/settled-time.ts'
import { wallMillis } from '../../../src/model/time.ts'

const at = (iso: string): string => new Date(settledTime(wallMillis(Date.parse(iso))) * 1000).toISOString()

it.each([
  ['2026-11-24T13:05:30.000Z', '2026-11-24T13:05:00.000Z'],
  ['2026-11-24T13:05:29.999Z', '2026-11-24T13:04:00.000Z'],
  ['2026-11-24T13:05:59.999Z', '2026-11-24T13:05:00.000Z'],
  ['2026-11-24T00:00:00.000Z', '2026-11-23T23:59:00.000Z'],
])('as of %s, the newest time worth asking about is %s', (now, settled) => {
  expect(at(now)).toBe(settled)
})

it('is a whole minute, half a minute to a minute and a half ago', () => {
  assert(
    property(integer({ min: 0, max: 4_000_000_000_000 }), (now) => {
      const settled = settledTime(wallMillis(now))
      expect(Math.abs(settled % 60)).toBe(0)
      const behind = now / 1000 - settled
      expect(behind).toBeGreaterThanOrEqual(30)
      expect(behind).toBeLessThan(90)
    }),
  )
})
