/** Milliseconds and bytes. The defaults are for real clusters; tests shorten them. */
export interface TransportOptions {
  /** Until the headers are there, and between two parts of a body; twice this for the whole of one attempt. */
  readonly timeoutMillis?: number
  readonly connectTimeoutMillis?: number
  readonly keepAliveMillis?: number
  readonly mostBytes?: number
  readonly attempts?: number
  /** Before the second attempt; four times as long before each further one. */
  readonly backoffMillis?: number
}
export type TransportLimits = Readonly<Required<TransportOptions>>

export const DEFAULT_LIMITS: TransportLimits = {
  timeoutMillis: 30_000,
  connectTimeoutMillis: 10_000,
  keepAliveMillis: 20_000,
  mostBytes: 64 * 2 ** 20,
  attempts: 3,
  backoffMillis: 250,
}
