import { Agent } from 'undici'
import { ok } from '../../model/result.ts'
import type { Result } from '../../model/result.ts'
import type { UsageProblem, UsageReader } from '../../ports/usage-reader.ts'
import { parseInstant, parseRange } from './parse-answer.ts'
import type { Posting } from './post-form.ts'
import { prometheusUrl } from './prometheus-url.ts'
import type { PrometheusUrl } from './prometheus-url.ts'
import { queryWithRetry } from './query-with-retry.ts'
import type { Query } from './query-with-retry.ts'

export interface PrometheusSettings {
  readonly url: string
  /** Of one query, milliseconds; sent to the server too, which may allow less. */
  readonly timeoutMs?: number
  readonly connectTimeoutMs?: number
  /** Of one answer, decompressed. */
  readonly maxResponseBytes?: number
  /** Before the second try, milliseconds; doubled before the third. */
  readonly firstRetryMs?: number
}
export interface PrometheusConnection extends UsageReader {
  /** Cuts off what is under way, and lets the process end. */
  close(): Promise<void>
}

/**
 * A keep-alive connection to the query API of a Prometheus. Nothing is sent before the first query; no credential is
 * sent at all, and no redirect is followed.
 */
export function connectPrometheus(settings: PrometheusSettings): Result<PrometheusConnection> {
  const url = prometheusUrl(settings.url)
  return url.ok ? ok(connectionTo(url.value, settings)) : url
}

function connectionTo({ origin, base }: PrometheusUrl, settings: PrometheusSettings): PrometheusConnection {
  const timeoutMs = settings.timeoutMs ?? 120_000
  const dispatcher = new Agent({
    connect: { timeout: settings.connectTimeoutMs ?? 10_000 },
    headersTimeout: timeoutMs,
    bodyTimeout: timeoutMs,
  })
  const closing = new AbortController()
  const capBytes = settings.maxResponseBytes ?? 128 * 2 ** 20
  const to: Posting = { dispatcher, base, timeoutMs, capBytes, signal: closing.signal }
  const timeout = `${Math.max(1, Math.floor(timeoutMs / 1000))}s`
  const ask = (path: Query['path'], form: Query['form']): Promise<Result<string, UsageProblem>> =>
    queryWithRetry(to, { origin, path, form: { ...form, timeout }, firstRetryMs: settings.firstRetryMs ?? 500 })
  return Object.freeze({
    origin,
    instant: async (query, at) => {
      const answer = await ask('/api/v1/query', { query, time: String(at) })
      return answer.ok ? parseInstant(origin, answer.value) : answer
    },
    range: async (query, { start, end, stepSeconds }) => {
      const form = { query, start: String(start), end: String(end), step: String(stepSeconds) }
      const answer = await ask('/api/v1/query_range', form)
      return answer.ok ? parseRange(origin, answer.value) : answer
    },
    close: async () => {
      closing.abort()
      await dispatcher.destroy()
    },
  } satisfies PrometheusConnection)
}
