import type { Problem } from '../../../../src/model/problem.ts'
import type { Result } from '../../../../src/model/result.ts'

/** The value, or a failing test that says which problem came instead. */
export function expectOk<Value>(result: Result<Value>): Value {
  if (result.ok) return result.value
  throw new Error(`${result.problem.reason}: ${result.problem.message} (${result.problem.next})`)
}

/** The problem, or a failing test. */
export function expectProblem(result: Result<unknown>): Problem {
  if (!result.ok) return result.problem
  throw new Error(`expected a problem, got ${JSON.stringify(result.value).slice(0, 200)}`)
}
