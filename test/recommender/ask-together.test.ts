import { expect, it } from 'vitest'
import { failed, ok } from '../../src/model/result.ts'
import type { UsageReader } from '../../src/ports/usage-reader.ts'
import { askTogether } from '../../src/recommender/ask-together.ts'
import { usageSession } from '../../src/recommender/usage-session.ts'
import { AT, sample, usageOf } from './support/stub-ports.ts'

const over = (usage: UsageReader) => usageSession(usage, AT, { concurrency: 4 })

it('asks questions that belong together in one query, and gives each its own rows as they are', async () => {
  const usage = usageOf({ one: [sample(1, { pod: 'a', part: 'x' })], two: [sample(2, { pod: 'a' })] })
  const session = askTogether(over(usage), ['one(x)', 'two(y)', 'third(z)'])
  const answers = await Promise.all(['one(x)', 'two(y)', 'third(z)'].map((promql) => session.ask(promql)))
  expect(answers).toEqual([ok([sample(1, { pod: 'a', part: 'x' })]), ok([sample(2, { pod: 'a' })]), ok([])])
  expect(usage.asked).toHaveLength(1)
  expect(session.asked()).toBe(1)
})

it('leaves other questions, and one alone, as they are', async () => {
  const usage = usageOf({ one: [sample(1, {})], other: [sample(3, {})] })
  expect(await askTogether(over(usage), ['one(x)', 'two(y)']).ask('other(z)')).toEqual(ok([sample(3, {})]))
  expect(await askTogether(over(usage), ['one(x)']).ask('one(x)')).toEqual(ok([sample(1, {})]))
  expect(usage.asked).toEqual(['other(z)', 'one(x)'])
})

it('tells everybody when it was too much for the server, so that each goes on in smaller parts', async () => {
  const refusal = { reason: 'prometheus_refused', message: 'too many samples', next: '', tooMuch: true } as const
  const session = askTogether(over(usageOf({ one: refusal })), ['one(x)', 'two(y)'])
  expect(await Promise.all([session.ask('one(x)'), session.ask('two(y)')])).toEqual([failed(refusal), failed(refusal)])
})
