import { setTimeout as sleep } from 'node:timers/promises'
import { failed, ok } from '../../model/result.ts'
import type { Result } from '../../model/result.ts'
import type { UsageProblem } from '../../ports/usage-reader.ts'
import type { Answered, NotAnswered, Question, QueryWay } from './query-way.ts'
import { retryDelay } from './retry-delay.ts'
import { isTimeout, refusedByServer } from './usage-problems.ts'

export interface Patience {
  readonly attempts: number
  /** Before the second try, milliseconds; doubled before the third. */
  readonly firstRetryMs: number
  /** Aborted when the connection is closed. */
  readonly closing: AbortSignal
}
type Tried = Result<Answered, NotAnswered>

/** Asks until there is an answer worth having; tries again only where that can help (network, 429, 5xx, a new credential). */
export async function queryWithRetry(
  way: QueryWay,
  question: Question,
  patience: Patience,
): Promise<Result<string, UsageProblem>> {
  const stop = question.signal ? AbortSignal.any([patience.closing, question.signal]) : patience.closing
  for (let attempt = 1; ; attempt += 1) {
    const tried = await (attempt === 1 ? askRenewing(way, question) : way.ask(question))
    if (tried.ok && tried.value.status === 200) return ok(tried.value.body)
    if (attempt >= patience.attempts || !worthAnotherTry(tried) || stop.aborted)
      return failed(problemOf(tried, way.origin))
    const retryAfter = tried.ok ? tried.value.retryAfter : undefined
    const delay = retryDelay(attempt, patience.firstRetryMs, retryAfter)
    await sleep(delay, undefined, { signal: stop }).catch(() => undefined)
  }
}

/** AWS says 403 to an expired session. */
const REFUSED = new Set([401, 403])

// A token may have been renewed or revoked before its time: look for another, once.
async function askRenewing(way: QueryWay, question: Question): Promise<Tried> {
  const tried = await way.ask(question)
  return tried.ok && REFUSED.has(tried.value.status) && way.refused() ? way.ask(question) : tried
}

function worthAnotherTry(tried: Tried): boolean {
  if (!tried.ok) return tried.problem.again
  const { status } = tried.value
  return (status === 429 || status >= 500) && !isTimeout(tried.value)
}
const problemOf = (tried: Tried, origin: string): UsageProblem =>
  tried.ok ? refusedByServer(origin, tried.value) : tried.problem.problem
