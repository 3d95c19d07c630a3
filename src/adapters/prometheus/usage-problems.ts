import type { UsageProblem } from '../../ports/usage-reader.ts'
import type { Problem } from '../../model/problem.ts'
import { plainText } from '../../model/plain-text.ts'
import { LONGEST_URL } from './query-url.ts'

/** What an answer that is no success was. */
export interface BadAnswer {
  readonly status: number
  readonly body: string
}

export const unreachable = (origin: string, why: string): UsageProblem => ({
  reason: 'prometheus_unreachable',
  message: `Prometheus at ${origin} cannot be reached: ${why}`,
  next: 'check the address (--prometheus-url), that it is running, and that this machine may connect to it',
  tooMuch: false,
})

/** The server's certificate does not prove that it is who the address says. */
export const notTrusted = (origin: string, code: string): UsageProblem => ({
  ...unreachable(origin, `its certificate cannot be trusted (${code})`),
  next: 'name its certificate authority with --prometheus-ca-file; somebody may stand in between',
})

/** A problem before the socket: a credential that could not be had. */
export const notSent = (why: Problem): UsageProblem => ({ ...why, tooMuch: false })

/** Asked with GET, and longer than what stands in between would take. */
export const urlTooLong = (origin: string): UsageProblem => ({
  reason: 'prometheus_refused',
  message: `A query to Prometheus at ${origin} would be longer than ${LONGEST_URL} characters, more than proxies pass on in an address`,
  next: 'name an address that takes POST (--prometheus-url), or scan fewer workloads at once',
  tooMuch: true,
})

export const cancelled: UsageProblem = {
  reason: 'cancelled',
  message: 'The scan was stopped before it was done.',
  next: 'scan again when you want the numbers',
  tooMuch: false,
}

export const tooSlow = (origin: string, seconds: number): UsageProblem => ({
  reason: 'prometheus_unreachable',
  message: `Prometheus at ${origin} did not answer within ${seconds} s`,
  next: 'scan fewer namespaces or a shorter history, or give Prometheus more room',
  tooMuch: true,
})

export const malformed = (origin: string, why: string): UsageProblem => ({
  reason: 'prometheus_malformed',
  message: `The answer of ${origin} is not Prometheus': ${why}`,
  next: 'check that the address is that of a Prometheus query API, and that no proxy changes its answers',
  tooMuch: false,
})

export const tooLarge = (origin: string, capBytes: number): UsageProblem => ({
  ...malformed(origin, `it is longer than ${Math.round(capBytes / 2 ** 20)} MiB`),
  next: 'scan fewer namespaces at once',
  tooMuch: true,
})

export const partial = (origin: string, warnings: readonly string[]): UsageProblem => ({
  reason: 'prometheus_partial',
  message: `Prometheus at ${origin} says its answer may be incomplete: ${plainText(warnings.join('; '))}`,
  next: 'a number from part of the data would be a guess: mend the source it names, then scan again',
  tooMuch: false,
})

/** Too many samples; a form, an address or a header that is too long for the server or what stands before it. */
const LESS_MAY_WORK = new Set([413, 414, 422, 431])

/** A status other than 200, after the retries. */
export function refusedByServer(origin: string, answer: BadAnswer): UsageProblem {
  const said = plainText(errorText(answer.body))
  const detail = `status ${answer.status}${said === '' ? '' : `: ${said}`}`
  if (answer.status >= 500 && !isTimeout(answer)) {
    return { ...unreachable(origin, `it answers with ${detail}`), tooMuch: true }
  }
  return {
    reason: isTimeout(answer) ? 'prometheus_unreachable' : 'prometheus_refused',
    message: `Prometheus at ${origin} refused a query (${detail})`,
    next: nextFor(answer.status),
    tooMuch: LESS_MAY_WORK.has(answer.status) || isTimeout(answer),
  }
}

function nextFor(status: number): string {
  if (status === 401)
    return 'this Prometheus wants a login, or did not accept the one it got: see docs/prometheus.md for the ways to give it one'
  if (status === 403) return 'the login is not allowed to query, or another one is wanted: see docs/prometheus.md'
  if (status === 405) return 'it does not take this method: try --prometheus-method GET (or POST)'
  if (status >= 300 && status < 400) return 'redirects are not followed: give the address it leads to, if you trust it'
  if (status === 404) return 'there is no query API at this address: check the path in --prometheus-url'
  if (status === 429) return 'it is asked too much: try again later'
  return 'scan fewer namespaces or a shorter history; the text above is what the server says'
}

/** Prometheus' own word for "this query took too long": asking the same again would take as long again. */
export const isTimeout = (answer: BadAnswer): boolean =>
  answer.status === 504 || (answer.status === 503 && errorType(answer.body) === 'timeout')

const errorType = (body: string): unknown => errorMember(body, 'errorType')
function errorText(body: string): string {
  const said = errorMember(body, 'error')
  return typeof said === 'string' ? said : body
}
function errorMember(body: string, name: string): unknown {
  try {
    const parsed: unknown = JSON.parse(body)
    return typeof parsed === 'object' && parsed !== null ? Reflect.get(parsed, name) : undefined
  } catch {
    return undefined
  }
}
