import { expect, test } from 'vitest'
import { CANCELLED } from '../../../src/recommender/usage-session.ts'
import { problem } from '../../../src/model/problem.ts'
import { failed, ok, type Result } from '../../../src/model/result.ts'
import { withinCall } from '../../../src/surfaces/mcp/within-call.ts'

const never = (): AbortSignal => new AbortController().signal
/** Work that ends when it is stopped, and not before. */
const endless = (signal: AbortSignal): Promise<Result<number>> =>
  new Promise((resolve) => signal.addEventListener('abort', () => resolve(failed(CANCELLED))))

test('what is there in time is the answer', async () => {
  expect(await withinCall(never(), () => Promise.resolve(ok(1)), 1_000)).toEqual(ok(1))
})

test('what takes too long is stopped, and that is said with what to do', async () => {
  expect(await withinCall(never(), endless, 20)).toMatchObject({
    ok: false,
    problem: { reason: 'prometheus_unreachable', next: expect.stringContaining('Try again') },
  })
})

test('a call that the client cancels is cancelled, not late', async () => {
  const client = new AbortController()
  const going = withinCall(client.signal, endless, 5_000)
  client.abort()
  expect(await going).toMatchObject({ problem: { reason: 'cancelled' } })
})

test('another problem stays what it is, also after the time', async () => {
  const refused = failed(problem('prometheus_refused', 'no', 'ask'))
  const late = (): Promise<Result<number>> => new Promise((resolve) => setTimeout(() => resolve(refused), 40))
  expect(await withinCall(never(), late, 10)).toEqual(refused)
})
