import { request } from 'undici'
import type { Dispatcher } from 'undici'
import { failed, ok } from '../../model/result.ts'
import type { Result } from '../../model/result.ts'
import type { NotAnswered, Answered, Question } from './query-way.ts'
import type { Credential } from './auth/credential.ts'
import { isLabelPath, isQueryPath } from './query-paths.ts'
import { queryUrl } from './query-url.ts'
import { readBody } from './read-body.ts'
import { notSent, urlTooLong } from './usage-problems.ts'

/** Everything one request needs besides the question; nothing of it comes from a tool. */
export interface Sending {
  readonly dispatcher: Dispatcher
  readonly origin: string
  readonly base: string
  readonly method: 'GET' | 'POST'
  readonly headers: Readonly<Record<string, string>>
  readonly credential: Credential
  readonly timeoutMs: number
  readonly capBytes: number
  /** Aborted when the connection is closed. */
  readonly signal: AbortSignal
}

/** Sends one question to one of the query paths. Throws network errors, time-outs and `BodyTooLarge`. */
export async function sendQuery(to: Sending, question: Question): Promise<Result<Answered, NotAnswered>> {
  // Whatever a caller got wrong above, nothing but a query leaves this machine.
  if (!isQueryPath(question.path)) throw new Error(`${question.path} is not a query path: nothing else is ever sent`)
  const outgoing = outgoingOf(to, question)
  if (!outgoing) return failed({ problem: urlTooLong(to.origin), again: false })
  const login = await to.credential.headersFor(outgoing)
  // Without its credential a question is not sent at all, least of all as nobody.
  if (!login.ok) return failed({ problem: notSent(login.problem), again: false })
  // `request` follows no redirect: the credential was for this origin alone.
  const answer = await request(outgoing.url, {
    method: outgoing.method,
    dispatcher: to.dispatcher,
    headers: { ...COMMON, ...to.headers, ...outgoing.headers, ...login.value },
    body: outgoing.body ?? null,
    signal: AbortSignal.any([to.signal, AbortSignal.timeout(to.timeoutMs), ...asked(question)]),
  })
  const body = await readBody(answer.body, single(answer.headers['content-encoding']) ?? '', to.capBytes)
  return ok({ status: answer.statusCode, body, retryAfter: single(answer.headers['retry-after']) })
}

const COMMON = { accept: 'application/json', 'accept-encoding': 'gzip', 'user-agent': 'krr-mcp' }
const asked = ({ signal }: Question): readonly AbortSignal[] => (signal ? [signal] : [])

function outgoingOf({ base, method }: Sending, { path, params }: Question) {
  if (method === 'POST' && !isLabelPath(path)) {
    const headers = { 'content-type': 'application/x-www-form-urlencoded' }
    return { method, url: `${base}${path}`, headers, body: new URLSearchParams(params).toString() } as const
  }
  const url = queryUrl(`${base}${path}`, params)
  return url === undefined ? undefined : ({ method: 'GET', url, headers: {}, body: undefined } as const)
}

const single = (header: string | string[] | undefined): string | undefined =>
  Array.isArray(header) ? header[0] : header
