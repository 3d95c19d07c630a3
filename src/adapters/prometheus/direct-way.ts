import { getCACertificates } from 'node:tls'
import { Agent } from 'undici'
import { failed } from '../../model/result.ts'
import { noCredential } from './auth/no-credential.ts'
import { notAnswered } from './not-answered.ts'
import type { PrometheusSettings } from './prometheus-settings.ts'
import type { PrometheusUrl } from './prometheus-url.ts'
import type { QueryWay } from './query-way.ts'
import { sendQuery, type Sending } from './send-query.ts'

/** A keep-alive connection of our own to one address. Nothing is sent before the first question, and no redirect is followed. */
export function directWay({ origin, base }: PrometheusUrl, settings: PrometheusSettings): QueryWay {
  const timeoutMs = settings.timeoutMs ?? 120_000
  const capBytes = settings.maxResponseBytes ?? 128 * 2 ** 20
  const closing = new AbortController()
  const credential = settings.credential ?? noCredential
  const to: Sending = {
    dispatcher: agentFor(settings, { timeoutMs, origin }),
    origin,
    base,
    method: settings.method ?? 'POST',
    headers: settings.headers ?? {},
    credential,
    timeoutMs,
    capBytes,
    signal: closing.signal,
  }
  return {
    origin,
    ask: async (question) => {
      try {
        return await sendQuery(to, question)
      } catch (cause) {
        const cancelled = question.signal?.aborted === true
        return failed(notAnswered(cause, { origin, timeoutMs, capBytes, closed: closing.signal.aborted, cancelled }))
      }
    },
    refused: () => credential.refused(),
    close: async () => {
      closing.abort()
      await to.dispatcher.destroy()
    },
  }
}

interface To {
  readonly timeoutMs: number
  readonly origin: string
}
function agentFor({ tls = {}, connectTimeoutMs }: PrometheusSettings, { timeoutMs, origin }: To): Agent {
  return new Agent({
    connect: {
      timeout: connectTimeoutMs ?? 10_000,
      // Said explicitly: NODE_TLS_REJECT_UNAUTHORIZED must not switch the check off behind the operator's back.
      rejectUnauthorized: tls.insecureSkipVerify !== true,
      // Reading the system's store takes as long as a small scan's answers; plain HTTP needs none.
      ...(origin.startsWith('https:') ? { ca: tls.ca ?? systemAuthorities() } : {}),
    },
    headersTimeout: timeoutMs,
    bodyTimeout: timeoutMs,
  })
}

let authorities: string[] | undefined
// The system's store too, which Node alone does not look at.
const systemAuthorities = (): string[] =>
  (authorities ??= [...new Set([...getCACertificates('default'), ...getCACertificates('system')])])
