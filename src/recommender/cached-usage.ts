import { failed } from '../model/result.ts'
import type { Result } from '../model/result.ts'
import type { UnixSeconds } from '../model/time.ts'
import type { Sample, UsageProblem, UsageReader } from '../ports/usage-reader.ts'
import { CANCELLED } from './usage-session.ts'

/** Rows kept over all answers: some ten megabytes. */
const MOST_ROWS = 60_000
/** Answers as of older times are not asked for again by anybody who scans as of now. */
const KEPT_SECONDS = 300

type Answer = Result<readonly Sample[], UsageProblem>
interface Entry {
  readonly at: UnixSeconds
  readonly answer: Promise<Answer>
  /** Known once it is there. */
  rows: number
  waiting: number
  readonly ended: AbortController
}

/**
 * The same question as of the same time has the same answer: several scans at once, and the same scan again within a
 * few minutes, ask the server once. Failures are not kept. The server's work ends when nobody waits for it any more.
 */
export function cachedUsage(usage: UsageReader): UsageReader {
  const entries = new Map<string, Entry>()
  const begin = (promql: string, at: UnixSeconds): Entry => {
    const ended = new AbortController()
    const entry: Entry = { at, answer: usage.instant(promql, at, ended.signal), rows: 0, waiting: 0, ended }
    const key = keyOf(promql, at)
    entries.set(key, entry)
    // Somebody may have begun anew since: that one is not ours to remove.
    const drop = (): unknown => entries.get(key) === entry && entries.delete(key)
    void entry.answer.then((answer) => {
      if (!answer.ok) drop()
      else entry.rows = answer.value.length
      forget(entries, at)
    }, drop)
    return entry
  }
  return {
    ...usage,
    instant: (promql, at, signal) => {
      const known = entries.get(keyOf(promql, at))
      return waitFor(known && !known.ended.signal.aborted ? known : begin(promql, at), signal)
    },
  }
}

const keyOf = (promql: string, at: UnixSeconds): string => `${at} ${promql}`

/** The oldest first, until what is left is young and small enough. */
function forget(entries: Map<string, Entry>, now: UnixSeconds): void {
  let rows = [...entries.values()].reduce((sum, entry) => sum + entry.rows, 0)
  for (const [key, entry] of entries) {
    if (entry.waiting > 0 || (rows <= MOST_ROWS && entry.at >= now - KEPT_SECONDS)) continue
    rows -= entry.rows
    entries.delete(key)
  }
}

async function waitFor(entry: Entry, signal: AbortSignal | undefined): Promise<Answer> {
  entry.waiting += 1
  const gone = signal === undefined ? undefined : whenAborted(signal)
  try {
    return await (gone === undefined ? entry.answer : Promise.race([entry.answer, gone.promise]))
  } finally {
    gone?.forget()
    entry.waiting -= 1
    if (entry.waiting === 0 && signal?.aborted) entry.ended.abort()
  }
}

function whenAborted(signal: AbortSignal): { readonly promise: Promise<Answer>; readonly forget: () => void } {
  let listener = (): void => undefined
  const promise = new Promise<Answer>((resolve) => {
    listener = () => resolve(failed(CANCELLED))
    if (signal.aborted) listener()
    else signal.addEventListener('abort', listener, { once: true })
  })
  return { promise, forget: () => signal.removeEventListener('abort', listener) }
}
