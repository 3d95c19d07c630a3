import type { ClusterLabel } from '../model/recommendation.ts'
import { failed } from '../model/result.ts'
import type { Result } from '../model/result.ts'
import type { UnixSeconds } from '../model/time.ts'
import type { RangeSeries, RangeWindow, Sample, UsageProblem, UsageReader } from '../ports/usage-reader.ts'
import { matcher } from './promql/matcher.ts'

/** The queries of one scan: all as of one time, few at once, counted. */
export interface UsageSession {
  readonly at: UnixSeconds
  readonly origin: string
  /** Goes into every selector: `, cluster="eu-1"`, or nothing. */
  readonly clusterMatcher: string
  ask(promql: string): Promise<Result<readonly Sample[], UsageProblem>>
  askRange(promql: string, window: RangeWindow): Promise<Result<readonly RangeSeries[], UsageProblem>>
  asked(): number
  /** How many more queries are about to be asked; for those who watch. */
  expect(queries: number): void
}

export interface SessionOptions {
  /** Bounds what the server works on at once, whoever asks. */
  readonly concurrency: number
  readonly clusterLabel?: ClusterLabel
  /** Aborted: nothing more is asked. */
  readonly signal?: AbortSignal
  /** Told after every answer. */
  readonly progress?: (progress: QueryProgress) => void
}
export interface QueryProgress {
  readonly answered: number
  /** Of how many, as far as is known. */
  readonly expected: number
}

export function usageSession(usage: UsageReader, at: UnixSeconds, options: SessionOptions): UsageSession {
  const { signal, clusterLabel } = options
  const turns = takeTurns(options.concurrency)
  let asked = 0
  let answered = 0
  let expected = 0
  const counted = <Value>(work: () => Promise<Result<Value, UsageProblem>>): Promise<Result<Value, UsageProblem>> =>
    turns(async () => {
      if (signal?.aborted) return failed(CANCELLED)
      asked += 1
      const answer = await work()
      answered += 1
      options.progress?.({ answered, expected: Math.max(expected, asked) })
      return answer
    })
  return {
    at,
    origin: usage.origin,
    clusterMatcher: clusterLabel === undefined ? '' : `, ${matcher(clusterLabel.name, [clusterLabel.value])}`,
    ask: (promql) => counted(() => usage.instant(promql, at, signal)),
    askRange: (promql, window) => counted(() => usage.range(promql, window, signal)),
    asked: () => asked,
    expect: (queries) => {
      expected = asked + queries
    },
  }
}

export const CANCELLED: UsageProblem = {
  reason: 'cancelled',
  message: 'The scan was stopped before it was done.',
  next: 'scan again when you want the numbers',
  tooMuch: false,
}

type InTurn = <Value>(work: () => Promise<Value>) => Promise<Value>
function takeTurns(atOnce: number): InTurn {
  let running = 0
  const waiting: (() => void)[] = []
  return async (work) => {
    if (running >= atOnce) await new Promise<void>((go) => waiting.push(go))
    else running += 1
    try {
      return await work()
    } finally {
      // The next one takes over this one's place, so `running` stays as it is.
      const next = waiting.shift()
      if (next) next()
      else running -= 1
    }
  }
}
