import type { Problem } from './problem.ts'

export interface Ok<Value> {
  readonly ok: true
  readonly value: Value
}
export interface Failed<Why> {
  readonly ok: false
  readonly problem: Why
}
/** A refusal is data: callers must look before they use. */
export type Result<Value, Why = Problem> = Ok<Value> | Failed<Why>

export const ok = <Value>(value: Value): Ok<Value> => ({ ok: true, value })
export const failed = <Why>(why: Why): Failed<Why> => ({ ok: false, problem: why })
