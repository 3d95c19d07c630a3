import { setTimeout as sleep } from 'node:timers/promises'
import { failed, ok } from '../../model/result.ts'
import type { Result } from '../../model/result.ts'
import type { UsageProblem } from '../../ports/usage-reader.ts'
import { postForm } from './post-form.ts'
import type { Posted, Posting } from './post-form.ts'
import { BodyCutOff, BodyTooLarge } from './read-body.ts'
import { retryDelay } from './retry-delay.ts'
import { plainText } from '../../model/plain-text.ts'
import { isTimeout, malformed, refusedByServer, tooLarge, tooSlow, unreachable } from './usage-problems.ts'

const ATTEMPTS = 3

export interface Query {
  readonly origin: string
  readonly path: '/api/v1/query' | '/api/v1/query_range'
  readonly form: Readonly<Record<string, string>>
  readonly firstRetryMs: number
}

/** Asks until there is an answer worth having; tries again only where that can help (network, 429, 5xx). */
export async function queryWithRetry(to: Posting, query: Query): Promise<Result<string, UsageProblem>> {
  for (let attempt = 1; ; attempt += 1) {
    const posted = await tryOnce(to, query)
    if (posted.ok && posted.value.status === 200) return ok(posted.value.body)
    if (attempt === ATTEMPTS || !worthAnotherTry(posted) || to.signal.aborted)
      return failed(problemOf(posted, query.origin))
    const retryAfter = posted.ok ? posted.value.retryAfter : undefined
    await sleep(retryDelay(attempt, query.firstRetryMs, retryAfter), undefined, { signal: to.signal }).catch(
      () => undefined,
    )
  }
}

type Tried = Result<Posted, Failure>
interface Failure {
  readonly problem: UsageProblem
  readonly again: boolean
}

async function tryOnce(to: Posting, query: Query): Promise<Tried> {
  try {
    return ok(await postForm(to, query.path, query.form))
  } catch (cause) {
    return failed(failureOf(cause, to, query.origin))
  }
}

function failureOf(cause: unknown, to: Posting, origin: string): Failure {
  if (cause instanceof BodyTooLarge) return { problem: tooLarge(origin, to.capBytes), again: false }
  if (to.signal.aborted) return { problem: unreachable(origin, 'the connection was closed here'), again: false }
  // Once may be an accident of the network.
  if (cause instanceof BodyCutOff) return { problem: malformed(origin, 'it was cut off'), again: true }
  const code = codeOf(cause)
  if (TIMEOUTS.has(code)) return { problem: tooSlow(origin, Math.round(to.timeoutMs / 1000)), again: false }
  if (code === '') throw cause
  return { problem: unreachable(origin, reasonOf(cause, code)), again: true }
}

const TIMEOUTS = new Set(['TimeoutError', 'UND_ERR_HEADERS_TIMEOUT', 'UND_ERR_BODY_TIMEOUT'])

/** Node's and undici's word for what went wrong; '' for an error that is no one's but ours. */
function codeOf(cause: unknown): string {
  if (!(cause instanceof Error)) return ''
  // Undici's parser gives no code to what is no HTTP at all.
  if (cause.name === 'TimeoutError' || cause.name === 'HTTPParserError') return cause.name
  const code: unknown = Reflect.get(cause, 'code')
  return typeof code === 'string' ? code : ''
}
const SAID: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'the connection was refused',
  ENOTFOUND: 'there is no such host',
  ECONNRESET: 'the connection was reset',
  UND_ERR_CONNECT_TIMEOUT: 'connecting took too long',
  UND_ERR_SOCKET: 'the connection was closed',
  HTTPParserError: 'it does not speak HTTP',
}
const reasonOf = (cause: unknown, code: string): string =>
  SAID[code] ?? plainText(cause instanceof Error ? `${code}: ${cause.message}` : code)

function worthAnotherTry(tried: Tried): boolean {
  if (!tried.ok) return tried.problem.again
  const { status } = tried.value
  return (status === 429 || status >= 500) && !isTimeout(tried.value)
}
const problemOf = (tried: Tried, origin: string): UsageProblem =>
  tried.ok ? refusedByServer(origin, tried.value) : tried.problem.problem
