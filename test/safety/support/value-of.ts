import type { Problem } from '../../../src/model/problem.ts'
import type { Result } from '../../../src/model/result.ts'

export function valueOf<Value>(result: Result<Value>): Value {
  if (!result.ok) throw new Error(`${result.problem.reason}: ${result.problem.message}`)
  return result.value
}

export function problemOf(result: Result<unknown>): Problem {
  if (result.ok) throw new Error(`no problem, but ${JSON.stringify(result.value)}`)
  return result.problem
}
