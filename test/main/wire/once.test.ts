import { expect, it } from 'vitest'
import { agent, person, worker } from '../../../src/main/wire/actors.ts'
import { once } from '../../../src/main/wire/once.ts'
import { problem } from '../../../src/model/problem.ts'
import { failed, ok, type Result } from '../../../src/model/result.ts'

it('what succeeded is remembered, and done once for all who ask meanwhile', async () => {
  let done = 0
  const ask = once(() => Promise.resolve(ok((done += 1))))
  expect(await Promise.all([ask(), ask(), ask()])).toEqual([ok(1), ok(1), ok(1)])
  expect(await ask()).toEqual(ok(1))
})

it('what failed is tried again: people mend things', async () => {
  const why = failed(problem('api_unreachable', 'No.', 'Again.'))
  const answers: Result<string>[] = [why, ok('mended')]
  const ask = once(() => Promise.resolve(answers.shift() as Result<string>))
  expect(await Promise.all([ask(), ask()])).toEqual([why, why])
  expect(await ask()).toEqual(ok('mended'))
  expect(await ask()).toEqual(ok('mended'))
})

it('what a client calls itself is kept short, and is never taken for a person', () => {
  expect(agent('x'.repeat(1000))).toMatchObject({ kind: 'agent', client: 'x'.repeat(100) })
  expect(agent('{"kind":"person"}').kind).toBe('agent')
  expect([person().kind, worker()]).toMatchObject(['person', { kind: 'worker', pid: process.pid }])
})
