import type { Result } from '../../model/result.ts'
import type { UsageProblem } from '../../ports/usage-reader.ts'

/** One question to the query API: a path that `isQueryPath` knows, and its parameters. */
export interface Question {
  readonly path: string
  readonly params: Readonly<Record<string, string>>
  /** Aborted: whoever asked no longer wants the answer. */
  readonly signal?: AbortSignal | undefined
}
/** What came back, whatever its status. */
export interface Answered {
  readonly status: number
  readonly body: string
  readonly retryAfter: string | undefined
}
export interface NotAnswered {
  readonly problem: UsageProblem
  /** Would the same question have a chance a moment later? */
  readonly again: boolean
}

/** How questions reach one Prometheus: over a connection of our own, or through the API server's proxy. Sends each once. */
export interface QueryWay {
  /** Where the answers come from, for messages and reports. */
  readonly origin: string
  ask(question: Question): Promise<Result<Answered, NotAnswered>>
  /** The answer was 401: forgets what is cached. True when asking again can bring another credential. */
  refused(): boolean
  /** Cuts off what is under way. */
  close(): Promise<void>
}
