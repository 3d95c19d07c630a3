import { describe, expect, it } from 'vitest'
import { failed, ok } from '../../src/model/result.ts'
import type { Result } from '../../src/model/result.ts'
import { unixSeconds } from '../../src/model/time.ts'
import type { Sample, UsageProblem, UsageReader } from '../../src/ports/usage-reader.ts'
import { cachedUsage } from '../../src/recommender/cached-usage.ts'
import { CANCELLED } from '../../src/recommender/usage-session.ts'
import { TOO_MUCH } from './support/metrics-over-time.ts'
import { AT, sample } from './support/stub-ports.ts'

type Answer = Result<readonly Sample[], UsageProblem>
const rows = (count: number): readonly Sample[] => Array.from({ length: count }, () => sample(1, {}))
const soon = (): Promise<void> => new Promise((done) => setImmediate(done))
const later = (seconds: number) => unixSeconds(AT + seconds)

interface Asked {
  readonly promql: string
  readonly signal: AbortSignal | undefined
  readonly answer: (answer: Answer) => void
  readonly break: (error: Error) => void
}
/** A server that answers when told to. */
function server() {
  const asked: Asked[] = []
  const usage: UsageReader = {
    origin: 'http://prometheus',
    instant: (promql, _at, signal) => {
      const { promise, resolve, reject } = Promise.withResolvers<Answer>()
      asked.push({ promql, signal, answer: resolve, break: reject })
      return promise
    },
    range: () => Promise.resolve(ok([])),
  }
  return { cached: cachedUsage(usage), asked }
}
/** The same, answering at once with so many rows. */
function quickServer(sizeOf: (promql: string) => number) {
  const asked: string[] = []
  const usage: UsageReader = {
    origin: 'http://prometheus',
    instant: (promql) => (asked.push(promql), Promise.resolve(ok(rows(sizeOf(promql))))),
    range: (promql) => (asked.push(promql), Promise.resolve(ok([]))),
  }
  return { cached: cachedUsage(usage), asked }
}

describe('answers that are shared', () => {
  it('are asked for once, at once or one after the other', async () => {
    const { cached, asked } = server()
    const both = [cached.instant('up', AT), cached.instant('up', AT)]
    expect(asked).toHaveLength(1)
    const answer = ok(rows(2))
    asked[0]?.answer(answer)
    expect(await Promise.all(both)).toEqual([answer, answer])
    expect(await cached.instant('up', AT)).toBe(answer)
    expect(asked).toHaveLength(1)
  })

  it('are those of the same question as of the same time only', async () => {
    const { cached, asked } = quickServer(() => 1)
    await cached.instant('up', AT)
    await cached.instant('down', AT)
    await cached.instant('up', later(60))
    expect(asked).toEqual(['up', 'down', 'up'])
  })

  it('are not ranges: those are long, and nobody asks twice', async () => {
    const { cached, asked } = quickServer(() => 1)
    const window = { start: AT, end: later(60), stepSeconds: 60 }
    await cached.range('up', window)
    await cached.range('up', window)
    expect(asked).toHaveLength(2)
    expect(cached.origin).toBe('http://prometheus')
  })

  it('are no failures: the next one asks again', async () => {
    const { cached, asked } = server()
    const first = cached.instant('up', AT)
    asked[0]?.answer(failed(TOO_MUCH))
    expect(await first).toEqual(failed(TOO_MUCH))
    const second = cached.instant('up', AT)
    asked[1]?.answer(ok([]))
    expect(await second).toEqual(ok([]))
    expect(asked).toHaveLength(2)
  })

  it('are no errors either', async () => {
    const { cached, asked } = server()
    const first = cached.instant('up', AT)
    asked[0]?.break(new Error('a bug'))
    await expect(first).rejects.toThrow('a bug')
    void cached.instant('up', AT)
    expect(asked).toHaveLength(2)
  })
})

describe('somebody who no longer waits', () => {
  const wait = () => {
    const stop = new AbortController()
    return { stop, signal: stop.signal }
  }

  it('is told at once, and does not spoil it for the others', async () => {
    const { cached, asked } = server()
    const { stop, signal } = wait()
    const impatient = cached.instant('up', AT, signal)
    const patient = cached.instant('up', AT)
    stop.abort()
    expect(await impatient).toEqual(failed(CANCELLED))
    expect(asked[0]?.signal?.aborted).toBe(false)
    asked[0]?.answer(ok(rows(1)))
    expect(await patient).toEqual(ok(rows(1)))
  })

  it('ends the server’s work where nobody else waits', async () => {
    const { cached, asked } = server()
    const [one, two] = [wait(), wait()]
    const answers = [cached.instant('up', AT, one.signal), cached.instant('up', AT, two.signal)]
    one.stop.abort()
    await soon()
    expect(asked[0]?.signal?.aborted).toBe(false)
    two.stop.abort()
    expect(await Promise.all(answers)).toEqual([failed(CANCELLED), failed(CANCELLED)])
    expect(asked[0]?.signal?.aborted).toBe(true)
  })

  it('leaves nothing half-done: whoever asks then, asks anew, and shares that one', async () => {
    const { cached, asked } = server()
    const { stop, signal } = wait()
    const gone = cached.instant('up', AT, signal)
    stop.abort()
    await gone
    const again = cached.instant('up', AT)
    expect(asked).toHaveLength(2)
    // The work that was called off ends only now; it is not the one that others wait for.
    asked[0]?.answer(failed(CANCELLED))
    await soon()
    const third = cached.instant('up', AT)
    expect(asked).toHaveLength(2)
    asked[1]?.answer(ok(rows(1)))
    expect(await Promise.all([again, third])).toEqual([ok(rows(1)), ok(rows(1))])
  })

  it('does not keep its listener on a signal that outlives the question', async () => {
    const { cached } = quickServer(() => 1)
    const { signal } = wait()
    const count = { added: 0, removed: 0 }
    const counting: AbortSignal = Object.assign(signal, {
      addEventListener: () => void (count.added += 1),
      removeEventListener: () => void (count.removed += 1),
    })
    await cached.instant('up', AT, counting)
    await cached.instant('up', AT, counting)
    expect(count).toEqual({ added: 2, removed: 2 })
  })
})

describe('what is kept', () => {
  it('is forgotten when somebody asks as of five minutes later', async () => {
    const { cached, asked } = quickServer(() => 1)
    await cached.instant('old', AT)
    await cached.instant('new', later(300))
    await cached.instant('old', AT)
    expect(asked).toEqual(['old', 'new'])
    await cached.instant('newer', later(301))
    await cached.instant('old', AT)
    expect(asked).toEqual(['old', 'new', 'newer', 'old'])
  })

  it('is no more than so many rows: the oldest answers go first', async () => {
    const { cached, asked } = quickServer(() => 25_000)
    for (const promql of ['a', 'b', 'c']) await cached.instant(promql, AT)
    asked.length = 0
    for (const promql of ['b', 'c']) await cached.instant(promql, AT)
    expect(asked).toEqual([])
    await cached.instant('a', AT)
    expect(asked).toEqual(['a'])
  })

  it('is not even one answer that is larger than that, once another comes', async () => {
    const { cached, asked } = quickServer((promql) => (promql === 'huge' ? 60_001 : 1))
    await cached.instant('small', AT)
    await cached.instant('huge', AT)
    await cached.instant('next', AT)
    asked.length = 0
    await cached.instant('huge', AT)
    expect(asked).toEqual(['huge'])
  })

  it('is found quickly, however many questions there were', async () => {
    const { cached, asked } = quickServer(() => 0)
    const before = performance.now()
    for (let index = 0; index < 2000; index += 1) await cached.instant(`q${index}`, AT)
    expect(asked).toHaveLength(2000)
    expect(performance.now() - before).toBeLessThan(5000)
  })

  it('is never what somebody still waits for', async () => {
    const { cached, asked } = server()
    const slow = cached.instant('slow', AT)
    const quick = cached.instant('quick', later(1000))
    asked[1]?.answer(ok(rows(1)))
    await quick
    void cached.instant('slow', AT)
    expect(asked).toHaveLength(2)
    asked[0]?.answer(ok(rows(1)))
    expect(await slow).toEqual(ok(rows(1)))
  })
})
