import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { systemClock } from '../../../src/adapters/local/system-clock.ts'
import { systemRandomness } from '../../../src/adapters/local/system-randomness.ts'
import { isOver, type Moment } from '../../../src/model/moment.ts'
import { millis } from '../../../src/model/time.ts'

it('all clocks move on', async () => {
  const clock = systemClock()
  const before = clock.now()
  await clock.sleep(20)
  const after = clock.now()
  expect(after.boot).toBe(before.boot)
  expect(after.monotonic - before.monotonic).toBeGreaterThanOrEqual(19)
  expect(after.wall - before.wall).toBeGreaterThanOrEqual(19)
})

it('a moment of another process of this boot can be compared: a yes given there has its age here', () => {
  const module = join(import.meta.dirname, '../../../src/adapters/local/system-clock.ts')
  const script = `import { systemClock } from ${JSON.stringify(module)}; console.log(JSON.stringify(systemClock().now()))`
  const before = systemClock().now()
  const theirs = JSON.parse(
    execFileSync(process.execPath, ['--input-type=module', '--eval', script], { encoding: 'utf8' }),
  ) as Moment
  const after = systemClock().now()
  expect(theirs.boot).toBe(before.boot)
  expect(theirs.monotonic).toBeGreaterThanOrEqual(before.monotonic)
  expect(theirs.monotonic).toBeLessThanOrEqual(after.monotonic)
  expect(isOver(theirs, after, millis(60_000))).toBe(false)
})

it('a sleep that is called off ends early and is no error', async () => {
  const clock = systemClock()
  const ended = new AbortController()
  const before = clock.now().monotonic
  const sleeping = clock.sleep(60_000, ended.signal)
  ended.abort()
  await sleeping
  expect(clock.now().monotonic - before).toBeLessThan(10_000)
})

it('randomness is of the length asked for, and never the same', () => {
  const drawn = Array.from({ length: 100 }, () => systemRandomness.bytes(32))
  expect(drawn.every((bytes) => bytes.length === 32)).toBe(true)
  expect(new Set(drawn.map((bytes) => Buffer.from(bytes).toString('hex'))).size).toBe(100)
  expect(Object.isFrozen(systemRandomness)).toBe(true)
})
