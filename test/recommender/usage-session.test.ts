import { describe, expect, it } from 'vitest'
import { ok } from '../../src/model/result.ts'
import { unixSeconds } from '../../src/model/time.ts'
import type { UsageReader } from '../../src/ports/usage-reader.ts'
import { scan } from '../../src/recommender/scan.ts'
import type { ScanProgress } from '../../src/recommender/scan-progress.ts'
import { CANCELLED, usageSession, type QueryProgress } from '../../src/recommender/usage-session.ts'
import { limitWith } from './support/chosen.ts'
import { container } from './support/observed.ts'
import { AT, clusterOf, request, sample, usageOf } from './support/stub-ports.ts'

const WINDOW = { start: unixSeconds(0), end: unixSeconds(10), stepSeconds: 1 }
const soon = (): Promise<void> => new Promise((done) => setImmediate(done))

/** A server that answers when told to, or when it is no longer wanted. */
function waitingServer() {
  const open: (() => void)[] = []
  const signals: (AbortSignal | undefined)[] = []
  const usage: UsageReader = {
    origin: 'http://prometheus',
    async instant(_promql, _at, signal) {
      signals.push(signal)
      await new Promise<void>((done) => {
        open.push(done)
        signal?.addEventListener('abort', () => done())
      })
      return signal?.aborted ? { ok: false, problem: { ...CANCELLED, message: 'by the server' } } : ok([])
    },
    range: () => Promise.resolve(ok([])),
  }
  return { usage, signals, answerAll: () => open.splice(0).forEach((answer) => answer()) }
}

describe('a session that is stopped', () => {
  it('asks nothing more: what waits for its turn is never sent', async () => {
    const { usage, signals } = waitingServer()
    const stop = new AbortController()
    const session = usageSession(usage, AT, { concurrency: 2, signal: stop.signal })
    const answers = Array.from({ length: 10 }, (_, index) => session.ask(`up{n="${index}"}`))
    await soon()
    expect(signals).toHaveLength(2)
    stop.abort()
    const reasons = (await Promise.all(answers)).map((answer) => (answer.ok ? 'answered' : answer.problem.reason))
    expect(reasons).toEqual(Array.from({ length: 10 }, () => 'cancelled'))
    expect([signals.length, session.asked()]).toEqual([2, 2])
  })

  it('sends not even the first question, nor a range', async () => {
    const usage = usageOf({})
    const session = usageSession(usage, AT, { concurrency: 2, signal: AbortSignal.abort() })
    expect(await session.ask('up')).toEqual({ ok: false, problem: CANCELLED })
    expect(await session.askRange('up', WINDOW)).toEqual({ ok: false, problem: CANCELLED })
    expect(usage.asked).toEqual([])
  })

  it('hands its signal to the server, so that work under way ends as well', async () => {
    const { usage, signals } = waitingServer()
    const stop = new AbortController()
    const answer = usageSession(usage, AT, { concurrency: 2, signal: stop.signal }).ask('up')
    await soon()
    stop.abort()
    expect(await answer).toMatchObject({ ok: false, problem: { reason: 'cancelled' } })
    expect(signals[0]?.aborted).toBe(true)
  })
})

it('a session has no more under way than it may, also for those who come later', async () => {
  const { usage, signals, answerAll } = waitingServer()
  const session = usageSession(usage, AT, { concurrency: 2 })
  const first = Array.from({ length: 4 }, (_, index) => session.ask(`a${index}`))
  await soon()
  // Two are answered, and the two that waited take their places: there is none for a fifth.
  answerAll()
  await soon()
  expect(signals).toHaveLength(4)
  const second = Array.from({ length: 3 }, (_, index) => session.ask(`b${index}`))
  await soon()
  expect(signals).toHaveLength(4)
  for (let round = 0; round < 4; round += 1) {
    answerAll()
    await soon()
  }
  await Promise.all([...first, ...second])
  expect(session.asked()).toBe(7)
})

describe('the progress of a session', () => {
  it('only grows, and never beyond what is expected', async () => {
    const told: QueryProgress[] = []
    const session = usageSession(usageOf({}), AT, { concurrency: 3, progress: (progress) => told.push(progress) })
    await Promise.all([session.ask('a'), session.ask('b')])
    session.expect(5)
    await Promise.all(Array.from({ length: 9 }, (_, index) => session.ask(`c${index}`)))
    expect(told.map(({ answered }) => answered)).toEqual(Array.from({ length: 11 }, (_, index) => index + 1))
    expect(told.every(({ answered, expected }) => answered <= expected)).toBe(true)
    const expected = told.map((each) => each.expected)
    expect(expected).toEqual(expected.toSorted((a, b) => a - b))
    expect(expected.slice(2, 4)).toEqual([7, 7])
    expect(expected.at(-1)).toBe(11)
  })
})

describe('a scan that is watched', () => {
  const POD = { namespace: 'shop', container: 'app', pod: 'web-0', job: 'kubelet' }
  const answers = {
    'count_over_time(vector': [sample(2, { part: 'probe' })],
    kube_pod_owner: [sample(1, { namespace: 'shop', owner_kind: 'StatefulSet', owner_name: 'web', pod: 'web-0' })],
    max_over_time: [sample(1, POD)],
    quantile_over_time: [sample(1, POD)],
    count_over_time: [sample(9, { ...POD, part: 'cpu' })],
  }
  const cluster = clusterOf([container({ kind: 'StatefulSet' })])

  it('says where it is, and counts as many queries as it says it took', async () => {
    const told: ScanProgress[] = []
    const options = { progress: (progress: ScanProgress) => void told.push(progress) }
    const done = await scan(request(), { cluster, usage: usageOf(answers) }, options)
    expect(told[0]).toEqual({ phase: 'cluster' })
    const metrics = told.flatMap((each) => (each.phase === 'metrics' ? [each] : []))
    expect(done.ok && done.value.prometheus.queries).toBe(metrics.length)
    expect(metrics.map(({ answered }) => answered)).toEqual(metrics.map((_, index) => index + 1))
    expect(metrics.at(-1)).toMatchObject({ answered: metrics.length, expected: metrics.length })
  })

  it('ends with what it was told when it is stopped, at whatever question', async () => {
    for (const chosen of [request().chosen, limitWith()]) {
      const whole = usageOf(answers)
      await scan(request({ chosen }), { cluster, usage: whole })
      for (let stopAt = 1; stopAt < whole.asked.length; stopAt += 1) {
        const stop = new AbortController()
        let asked = 0
        const count = () => {
          asked += 1
          if (asked === stopAt) stop.abort()
        }
        const stub = usageOf(answers)
        const usage: UsageReader = {
          ...stub,
          instant: (...question) => (count(), stub.instant(...question)),
          range: (...question) => (count(), stub.range(...question)),
        }
        const done = await scan(request({ chosen }), { cluster, usage }, { signal: stop.signal })
        expect([stopAt, done]).toEqual([stopAt, { ok: false, problem: CANCELLED }])
        expect(asked).toBe(stopAt)
      }
    }
  })
})
