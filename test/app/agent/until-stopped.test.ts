import { expect, it } from 'vitest'
import { untilStopped } from '../../../src/app/agent/until-stopped.ts'
import { ok, type Result } from '../../../src/model/result.ts'

const cancelled = { ok: false, problem: { reason: 'cancelled' } }

it('is the result of the work, where nobody stops it', async () => {
  expect(await untilStopped(Promise.resolve(ok(1)), undefined)).toEqual(ok(1))
  expect(await untilStopped(Promise.resolve(ok(2)), new AbortController().signal)).toEqual(ok(2))
})

it('ends at once when it is stopped, whatever the work does', async () => {
  const stop = new AbortController()
  const waiting = untilStopped(new Promise<Result<number>>(() => undefined), stop.signal)
  stop.abort()
  expect(await waiting).toMatchObject(cancelled)
})

it('does not begin to wait when it was stopped before, even if the result is there', async () => {
  expect(await untilStopped(Promise.resolve(ok(1)), AbortSignal.abort())).toMatchObject(cancelled)
})

it('tells a bug of the work to whoever waits, and to nobody after the stop', async () => {
  const { promise, reject } = Promise.withResolvers<Result<number>>()
  const stop = new AbortController()
  const waiting = untilStopped(promise, stop.signal)
  stop.abort()
  expect(await waiting).toMatchObject(cancelled)
  // An unhandled rejection would fail this run.
  reject(new Error('late'))
  await new Promise((done) => setTimeout(done, 10))
  await expect(untilStopped(Promise.reject(new Error('a bug')), new AbortController().signal)).rejects.toThrow('a bug')
})
