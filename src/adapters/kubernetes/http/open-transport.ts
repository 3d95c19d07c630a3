import { setTimeout as sleep } from 'node:timers/promises'
import { isDeepStrictEqual } from 'node:util'
import type { Dispatcher } from 'undici'
import { problem, type Problem } from '../../../model/problem.ts'
import { failed, ok, type Result } from '../../../model/result.ts'
import type { ClientCertificate, ClusterConnection } from '../kubeconfig/cluster-connection.ts'
import { answerProblem } from './answer-problem.ts'
import type { ApiAnswer, ApiRequest, ApiTransport, RawFailure, RawTransport } from './api-transport.ts'
import { judgeRaw } from './judge-raw.ts'
import { networkProblem } from './network-problem.ts'
import { openDispatcher } from './open-dispatcher.ts'
import { jsonObject, type RawAnswer } from './raw-answer.ts'
import { readBody } from './read-body.ts'
import { requestHeaders } from './request-headers.ts'
import { isRepeatable } from './request-query.ts'
import { retryDelay, type Outcome } from './retry-delay.ts'
import { DEFAULT_LIMITS, type TransportLimits, type TransportOptions } from './transport-options.ts'
import { warningsOf } from './warning-headers.ts'
import { isWellFormedPath } from './well-formed-path.ts'

/** Talks to the API server of one connection. What may be sent is not decided here: read/, dry-run/ and write/ put their guards in front. */
export const openTransport = (connection: ClusterConnection, options: TransportOptions = {}): ApiTransport =>
  new Transport(connection, { ...DEFAULT_LIMITS, ...options })

/** The same connection for what is meant for a service behind the API server's proxy; read/query-proxy is its guard. */
export const openRawTransport = (connection: ClusterConnection, options: TransportOptions = {}): RawTransport =>
  new Transport(connection, { ...DEFAULT_LIMITS, ...options })

interface Pooled {
  readonly certificate: ClientCertificate | undefined
  readonly dispatcher: Dispatcher
}

class Transport implements ApiTransport, RawTransport {
  readonly #connection: ClusterConnection
  readonly #limits: TransportLimits
  readonly #closing = new AbortController()
  #pool: Pooled | undefined

  constructor(connection: ClusterConnection, limits: TransportLimits) {
    this.#connection = connection
    this.#limits = limits
  }

  async send(request: ApiRequest): Promise<Result<ApiAnswer>> {
    if (!isWellFormedPath(request.path)) return failed(illFormed)
    for (let attempt = 1; ; attempt += 1) {
      const outcome = await this.#attempt(request)
      if (!outcome.ok) return outcome
      const wait = this.#waitBeforeNext(outcome.value, attempt)
      if (wait === undefined || !isRepeatable(request)) return this.#judge(outcome.value, request)
      await sleep(wait, undefined, { signal: this.#closing.signal }).catch(() => undefined)
    }
  }

  async sendRaw(request: ApiRequest, signal?: AbortSignal): Promise<Result<RawAnswer, RawFailure>> {
    if (!isWellFormedPath(request.path)) return failed({ problem: illFormed, again: false, timedOut: false })
    const outcome = await this.#attempt(request, signal)
    if (!outcome.ok) return failed({ problem: outcome.problem, again: false, timedOut: false })
    return judgeRaw(outcome.value, { connection: this.#connection, request })
  }

  async close(): Promise<void> {
    this.#closing.abort()
    const pool = this.#pool
    this.#pool = undefined
    await pool?.dispatcher.destroy()
  }

  #waitBeforeNext(outcome: Outcome, attempt: number): number | undefined {
    // A plugin's token can be revoked before its time: ask for a new one, once (a write then finds it the next time).
    const renewed =
      outcome.kind === 'answer' && outcome.answer.status === 401 && attempt === 1 && this.#connection.refused()
    return renewed ? 0 : retryDelay(outcome, attempt, this.#limits)
  }

  /** Fails when there is no credential: then nothing is sent, least of all as nobody. */
  async #attempt(request: ApiRequest, signal?: AbortSignal): Promise<Result<Outcome>> {
    // Whoever closed it has gone: trying once more would open new connections, and keep the process alive for them.
    if (this.#closing.signal.aborted) return failed(closedHere)
    const authorization = await this.#connection.authorization()
    if (!authorization.ok) return authorization
    const certificate = await this.#connection.clientCertificate()
    if (!certificate.ok) return certificate
    try {
      const dispatcher = this.#dispatcherFor(certificate.value)
      return ok({ kind: 'answer', answer: await this.#exchange(request, authorization.value, { dispatcher, signal }) })
    } catch (error) {
      return ok({ kind: 'error', error })
    }
  }

  async #exchange(
    request: ApiRequest,
    authorization: string | undefined,
    { dispatcher, signal }: { readonly dispatcher: Dispatcher; readonly signal: AbortSignal | undefined },
  ): Promise<RawAnswer> {
    const { origin, basePath, impersonation } = this.#connection
    const response = await dispatcher.request({
      origin,
      path: `${basePath}${request.path}`,
      method: request.method,
      headers: requestHeaders(request, authorization, impersonation),
      body: request.body ?? null,
      signal: AbortSignal.any([AbortSignal.timeout(this.#limits.timeoutMillis * 2), ...(signal ? [signal] : [])]),
    })
    const header = (name: string): string | undefined => first(response.headers[name])
    const text = await readBody(response.body, header('content-encoding'), this.#limits.mostBytes)
    return {
      status: response.statusCode,
      header,
      warnings: warningsOf(response.headers.warning),
      text,
      // Only when it is looked at: a service behind the proxy may answer with a hundred megabytes that are parsed elsewhere.
      get json() {
        return jsonObject(text)
      },
    }
  }

  #dispatcherFor(certificate: ClientCertificate | undefined): Dispatcher {
    if (this.#pool && isDeepStrictEqual(this.#pool.certificate, certificate)) return this.#pool.dispatcher
    // A renewed certificate needs new connections; what is under way on the old ones may end.
    void this.#pool?.dispatcher.close()
    this.#pool = { certificate, dispatcher: openDispatcher(this.#connection, certificate, this.#limits) }
    return this.#pool.dispatcher
  }

  #judge(outcome: Outcome, request: ApiRequest): Result<ApiAnswer> {
    const context = { connection: this.#connection, request }
    if (outcome.kind === 'error') return failed(networkProblem(outcome.error, context))
    const { status, json, warnings, header } = outcome.answer
    const wanted = (status >= 200 && status < 300) || request.alsoAnswers?.includes(status) === true
    if (!wanted || json === undefined) return failed(answerProblem(outcome.answer, context))
    return ok({ status, body: json, warnings, auditId: header('audit-id') ?? null })
  }
}

const first = (value: string | string[] | undefined): string | undefined =>
  typeof value === 'string' ? value : value?.[0]
const closedHere: Problem = problem(
  'api_unreachable',
  'The connection to the API server was closed here.',
  'Try again.',
)
const illFormed: Problem = problem(
  'request_refused_here',
  'The path of a request could be read in more than one way and was not sent.',
  'This is a bug; please report it.',
)
