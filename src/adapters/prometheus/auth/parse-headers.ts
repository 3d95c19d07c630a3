import { plainText } from '../../../model/plain-text.ts'
import { problem } from '../../../model/problem.ts'
import { failed, ok, type Result } from '../../../model/result.ts'

const NAME = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/
/** Of one connection (RFC 9110 §7.6.1) or of the request itself: set from outside, they would change what is sent, or to whom. */
const OURS = new Set([
  'host',
  'connection',
  'keep-alive',
  'proxy-connection',
  'proxy-authorization',
  'proxy-authenticate',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'expect',
  'content-length',
  'content-type',
  'accept-encoding',
])

/** `k: v` lines as headers, names in lower case; a value may have colons of its own. Values are never quoted in a problem. */
export function parseHeaders(lines: readonly string[]): Result<Readonly<Record<string, string>>> {
  const headers: Record<string, string> = {}
  for (const line of lines) {
    const colon = line.indexOf(':')
    const name = line.slice(0, Math.max(0, colon)).trim().toLowerCase()
    const value = line.slice(colon + 1).trim()
    const wrong = whatIsWrong(name, value) ?? (Object.hasOwn(headers, name) ? 'is given twice' : undefined)
    if (wrong !== undefined) return failed(refused(name, wrong))
    headers[name] = value
  }
  return ok(headers)
}

function whatIsWrong(name: string, value: string): string | undefined {
  if (!NAME.test(name)) return 'is not written as "name: value"'
  if (OURS.has(name)) return 'is set by the program itself'
  return /^[\x20-\x7e]+$/.test(value) ? undefined : 'has no value, or one that is not one line of ASCII characters'
}

// Where the colon is missing the whole line may be the secret: then nothing of it is shown.
const refused = (name: string, wrong: string) =>
  problem(
    'bad_setting',
    `A header for Prometheus${NAME.test(name) ? ` (${plainText(name, 60)})` : ''} ${wrong}.`,
    "Give it as --prometheus-headers 'name: value', once per header.",
  )
