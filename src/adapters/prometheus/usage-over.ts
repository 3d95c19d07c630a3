import type { Result } from '../../model/result.ts'
import type { UsageProblem, UsageReader } from '../../ports/usage-reader.ts'
import type { ForwardQuery } from '../../ports/krr-engine.ts'
import { forwardOver } from './forward-over.ts'
import { parseInstant, parseLabelValues, parseRange } from './parse-answer.ts'
import type { UsageOptions } from './prometheus-settings.ts'
import type { QueryWay } from './query-way.ts'
import { queryWithRetry } from './query-with-retry.ts'

export interface PrometheusConnection extends UsageReader {
  /** All values of a label, for the check that a cluster's name is one of them. */
  labelValues(name: string): Promise<Result<readonly string[], UsageProblem>>
  /** For an installed krr, which asks through us. */
  readonly forward: ForwardQuery
  /** Cuts off what is under way, and lets the process end. */
  close(): Promise<void>
}

/** The query API, asked over this way. */
export function usageOver(way: QueryWay, options: UsageOptions): PrometheusConnection {
  const { params = {}, timeoutMs = 120_000, attempts = 3, firstRetryMs = 500 } = options
  const { origin } = way
  const closing = new AbortController()
  const timeout = `${Math.max(1, Math.floor(timeoutMs / 1000))}s`
  const ask = (path: string, own: Readonly<Record<string, string>>, signal?: AbortSignal) =>
    queryWithRetry(
      way,
      { path, params: { ...params, ...own }, signal },
      { attempts, firstRetryMs, closing: closing.signal },
    )
  return Object.freeze({
    origin,
    instant: async (query, at, signal) => {
      const answer = await ask('/api/v1/query', { query, time: String(at), timeout }, signal)
      return answer.ok ? parseInstant(origin, answer.value) : answer
    },
    range: async (query, { start, end, stepSeconds }, signal) => {
      const form = { query, start: String(start), end: String(end), step: String(stepSeconds), timeout }
      const answer = await ask('/api/v1/query_range', form, signal)
      return answer.ok ? parseRange(origin, answer.value) : answer
    },
    labelValues: async (name) => {
      const answer = await ask(`/api/v1/label/${name}/values`, {})
      return answer.ok ? parseLabelValues(origin, answer.value) : answer
    },
    forward: forwardOver(way, options),
    close: async () => {
      closing.abort()
      await way.close()
    },
  } satisfies PrometheusConnection)
}
