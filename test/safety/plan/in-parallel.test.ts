import { setTimeout as sleep } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { inParallel, MOST_AT_ONCE } from '../../../src/safety/plan/in-parallel.ts'

it('keeps the order of the items, and never has more than four under way', async () => {
  let [running, most] = [0, 0]
  const items = Array.from({ length: 23 }, (_, index) => index)
  const results = await inParallel(items, async (item) => {
    running += 1
    most = Math.max(most, running)
    await sleep((23 - item) % 5)
    running -= 1
    return item * 2
  })
  expect(results).toEqual(items.map((item) => item * 2))
  expect(most).toBe(MOST_AT_ONCE)
  expect(await inParallel([], () => Promise.resolve(1))).toEqual([])
})
