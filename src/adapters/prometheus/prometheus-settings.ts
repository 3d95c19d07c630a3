import type { Credential } from './auth/credential.ts'

/** One Prometheus that the operator named, and how to reach it. Nothing in it comes from a tool's input. */
export interface PrometheusSettings {
  readonly url: string
  /** Sent to this URL's origin and to no other; absent: none. */
  readonly credential?: Credential
  /** More headers of every request, names in lower case (`x-scope-orgid` …). */
  readonly headers?: Readonly<Record<string, string>>
  readonly tls?: PrometheusTls
  /** GET where what stands in between allows nothing else; the default is POST, which takes queries of any length. */
  readonly method?: 'GET' | 'POST'
  /** More parameters of every query (Thanos). */
  readonly params?: Readonly<Record<string, string>>
  /** Of one query, milliseconds; sent to the server too, which may allow less. */
  readonly timeoutMs?: number
  readonly connectTimeoutMs?: number
  /** Of one answer, decompressed. */
  readonly maxResponseBytes?: number
  readonly attempts?: number
  /** Before the second try, milliseconds; doubled before the third. */
  readonly firstRetryMs?: number
}
export interface PrometheusTls {
  /** PEM; absent = the system's store. */
  readonly ca?: string
  readonly insecureSkipVerify?: boolean
}

/** What concerns the questions, whatever way they take. */
export type UsageOptions = Pick<PrometheusSettings, 'params' | 'timeoutMs' | 'attempts' | 'firstRetryMs'>
