import { plainText } from '../../model/plain-text.ts'
import type { NotAnswered } from './query-way.ts'
import { BodyCutOff, BodyTooLarge } from './read-body.ts'
import { cancelled, malformed, notTrusted, tooLarge, tooSlow, unreachable } from './usage-problems.ts'

export interface Exchange {
  readonly origin: string
  readonly timeoutMs: number
  readonly capBytes: number
  /** The connection was closed here. */
  readonly closed: boolean
  /** Whoever asked gave up. */
  readonly cancelled: boolean
}

/** What an exchange that threw means. Rethrows what is no one's error but ours. */
export function notAnswered(cause: unknown, exchange: Exchange): NotAnswered {
  const { origin } = exchange
  if (cause instanceof BodyTooLarge) return { problem: tooLarge(origin, exchange.capBytes), again: false }
  if (exchange.closed) return { problem: unreachable(origin, 'the connection was closed here'), again: false }
  if (exchange.cancelled) return { problem: cancelled, again: false }
  // Once may be an accident of the network.
  if (cause instanceof BodyCutOff) return { problem: malformed(origin, 'it was cut off'), again: true }
  const code = codeOf(cause)
  if (TIMEOUTS.has(code)) return { problem: tooSlow(origin, Math.round(exchange.timeoutMs / 1000)), again: false }
  if (CERTIFICATE.test(code)) return { problem: notTrusted(origin, plainText(code, 80)), again: false }
  if (code === '') throw cause
  return { problem: unreachable(origin, reasonOf(cause, code)), again: true }
}

const TIMEOUTS = new Set(['TimeoutError', 'UND_ERR_HEADERS_TIMEOUT', 'UND_ERR_BODY_TIMEOUT'])
const CERTIFICATE = /CERT|SELF_SIGNED|UNABLE_TO_(VERIFY|GET_ISSUER)|ALTNAME/

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
  ERR_SSL_WRONG_VERSION_NUMBER: 'it does not speak TLS: is the address http://?',
  HTTPParserError: 'it does not speak HTTP',
}
const reasonOf = (cause: unknown, code: string): string =>
  SAID[code] ?? plainText(cause instanceof Error ? `${code}: ${cause.message}` : code)
