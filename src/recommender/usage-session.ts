import type { Result } from '../model/result.ts'
import type { UnixSeconds } from '../model/time.ts'
import type { RangeSeries, RangeWindow, Sample, UsageProblem, UsageReader } from '../ports/usage-reader.ts'

/** The queries of one scan: all as of one time, few at once, counted. */
export interface UsageSession {
  readonly at: UnixSeconds
  readonly origin: string
  ask(promql: string): Promise<Result<readonly Sample[], UsageProblem>>
  askRange(promql: string, window: RangeWindow): Promise<Result<readonly RangeSeries[], UsageProblem>>
  asked(): number
}

/** `concurrency` bounds what the server works on at once, whoever asks. */
export function usageSession(usage: UsageReader, at: UnixSeconds, concurrency: number): UsageSession {
  let asked = 0
  let running = 0
  const waiting: (() => void)[] = []
  const inTurn = async <Value>(work: () => Promise<Value>): Promise<Value> => {
    if (running >= concurrency) await new Promise<void>((go) => waiting.push(go))
    else running += 1
    asked += 1
    try {
      return await work()
    } finally {
      // The next one takes over this one's place, so `running` stays as it is.
      const next = waiting.shift()
      if (next) next()
      else running -= 1
    }
  }
  return {
    at,
    origin: usage.origin,
    ask: (promql) => inTurn(() => usage.instant(promql, at)),
    askRange: (promql, window) => inTurn(() => usage.range(promql, window)),
    asked: () => asked,
  }
}
