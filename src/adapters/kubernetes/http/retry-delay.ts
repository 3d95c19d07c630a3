import { isPassing } from './network-problem.ts'
import type { RawAnswer } from './raw-answer.ts'
import type { TransportLimits } from './transport-options.ts'

export type Outcome =
  | { readonly kind: 'answer'; readonly answer: RawAnswer }
  | { readonly kind: 'error'; readonly error: unknown }

/** Longer than this is for the caller to wait, with the problem in hand. */
const LONGEST_WAIT = 10_000

/** Milliseconds to wait before attempt `attempt + 1`; undefined: it is not worth one. Only for requests that can be repeated. */
export function retryDelay(outcome: Outcome, attempt: number, limits: TransportLimits): number | undefined {
  if (attempt >= limits.attempts) return undefined
  const backoff = limits.backoffMillis * 4 ** (attempt - 1)
  if (outcome.kind === 'error') return isPassing(outcome.error) ? backoff : undefined
  const { status } = outcome.answer
  if (status !== 429 && status < 500) return undefined
  const asked = retryAfter(outcome.answer.header('retry-after'))
  if (asked === undefined) return backoff
  return asked <= LONGEST_WAIT ? asked : undefined
}

/** Seconds or a date, as milliseconds from now. */
function retryAfter(header: string | undefined): number | undefined {
  if (!header) return undefined
  if (/^\d+$/.test(header)) return Number(header) * 1000
  const at = Date.parse(header)
  return Number.isNaN(at) ? undefined : Math.max(0, at - Date.now())
}
