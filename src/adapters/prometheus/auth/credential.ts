import type { Result } from '../../../model/result.ts'

/** A request as it will leave, for those credentials that depend on it (a signature). */
export interface OutgoingRequest {
  readonly method: 'GET' | 'POST'
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | undefined
}

/** How one origin is logged in to; asked before each request, because tokens expire. */
export interface Credential {
  /** Headers to add, names in lower case. A problem: then nothing is sent, least of all as nobody. */
  headersFor(request: OutgoingRequest): Promise<Result<Readonly<Record<string, string>>>>
  /** The server answered 401: forgets what is cached. True when asking again can give something new. */
  refused(): boolean
}
