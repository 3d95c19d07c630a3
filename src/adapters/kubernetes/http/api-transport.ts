import type { JsonObject } from '../../../model/json.ts'
import type { Result } from '../../../model/result.ts'

export interface ApiRequest {
  readonly method: 'GET' | 'POST' | 'PATCH'
  /** From `/api` or `/apis` on, with the query; encoded. */
  readonly path: string
  readonly contentType?: string
  readonly body?: string
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
