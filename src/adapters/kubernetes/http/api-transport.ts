import type { JsonObject } from '../../../model/json.ts'
import type { Problem } from '../../../model/problem.ts'
import type { Result } from '../../../model/result.ts'
import type { RawAnswer } from './raw-answer.ts'

export interface ApiRequest {
  readonly method: 'GET' | 'POST' | 'PATCH'
  /** From `/api` or `/apis` on, with the query; encoded. */
  readonly path: string
  readonly contentType?: string
  readonly body?: string
  /** Of a question to a service behind the proxy: which tenant of it is meant. The API server passes it on. */
  readonly tenant?: string
  /** Statuses that the caller wants to see as an answer, not as a problem (410 of an expired list). */
  readonly alsoAnswers?: readonly number[]
}
export interface ApiAnswer {
  readonly status: number
  /** As the server sent it: nothing dropped, nothing converted. */
  readonly body: JsonObject
  /** The texts of `Warning: 299` headers. */
  readonly warnings: readonly string[]
  readonly auditId: string | null
}
/** Sends requests to the API server of one connection. Every failure is a problem with a next step; nothing rejects. */
export interface ApiTransport {
  send(request: ApiRequest): Promise<Result<ApiAnswer>>
  close(): Promise<void>
}

/** What came in place of an answer of a service behind the proxy. */
export interface RawFailure {
  readonly problem: Problem
  /** Would the same request have a chance a moment later? */
  readonly again: boolean
  readonly timedOut: boolean
}
/** Sends once what is meant for a service behind the API server's proxy, and hands its answer on as it is. */
export interface RawTransport {
  sendRaw(request: ApiRequest, signal?: AbortSignal): Promise<Result<RawAnswer, RawFailure>>
  close(): Promise<void>
}
