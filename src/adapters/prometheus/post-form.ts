import { request } from 'undici'
import type { Dispatcher } from 'undici'
import { readBody } from './read-body.ts'

/** Everything one request needs; no header of it can be set from outside. */
export interface Posting {
  readonly dispatcher: Dispatcher
  readonly base: string
  readonly timeoutMs: number
  readonly capBytes: number
  /** Aborted when the connection is closed. */
  readonly signal: AbortSignal
}
export interface Posted {
  readonly status: number
  readonly body: string
  readonly retryAfter: string | undefined
}

const ALLOWED = new Set(['/api/v1/query', '/api/v1/query_range'])

/** POSTs one form to one of the two query paths. Throws network errors, time-outs and `BodyTooLarge`. */
export async function postForm(to: Posting, path: string, form: Readonly<Record<string, string>>): Promise<Posted> {
  // The reading side can only read: Prometheus has paths that delete series or stop the server.
  if (!ALLOWED.has(path)) throw new Error(`${path} is not a query path: nothing else is ever sent to Prometheus`)
  const answer = await request(`${to.base}${path}`, {
    method: 'POST',
    dispatcher: to.dispatcher,
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      accept: 'application/json',
      'accept-encoding': 'gzip',
      'user-agent': 'krr-mcp',
    },
    body: new URLSearchParams(form).toString(),
    signal: AbortSignal.any([to.signal, AbortSignal.timeout(to.timeoutMs)]),
  })
  const body = await readBody(answer.body, single(answer.headers['content-encoding']) ?? '', to.capBytes)
  return { status: answer.statusCode, body, retryAfter: single(answer.headers['retry-after']) }
}

const single = (header: string | string[] | undefined): string | undefined =>
  Array.isArray(header) ? header[0] : header
