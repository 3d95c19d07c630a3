import type { FailureCause } from '../../model/verification.ts'

export interface Passed {
  readonly kind: 'pass'
  readonly message: string
}
export interface Waiting {
  readonly kind: 'wait'
  readonly message: string
  /** What it is called if it is still so when the deadline passes. */
  readonly overdue: FailureCause
}
export interface Failure {
  readonly kind: 'fail'
  readonly message: string
  readonly cause: FailureCause
  /** The container that it happened to, where it is one. */
  readonly container?: string
}
/** A TierVerdict that also says what waiting becomes and whom a failure hit. */
export type Judged = Passed | Waiting | Failure

export const pass = (message: string): Passed => ({ kind: 'pass', message })
export const wait = (message: string, overdue: FailureCause): Waiting => ({ kind: 'wait', message, overdue })
export const fail = (cause: FailureCause, message: string, container?: string): Failure => ({
  kind: 'fail',
  message,
  cause,
  ...(container !== undefined && { container }),
})
