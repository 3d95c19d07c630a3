import { failed, ok, type Result } from '../../../model/result.ts'
import { answerProblem } from './answer-problem.ts'
import type { RawFailure } from './api-transport.ts'
import { isPassing, isTimedOut, networkProblem } from './network-problem.ts'
import type { RawAnswer } from './raw-answer.ts'
import type { RequestContext } from './request-context.ts'
import type { Outcome } from './retry-delay.ts'

/** Tells the service's own answer, whatever its status, from the API server's refusal to pass the question on. */
export function judgeRaw(outcome: Outcome, context: RequestContext): Result<RawAnswer, RawFailure> {
  if (outcome.kind === 'error') {
    const { error } = outcome
    const timedOut = isTimedOut(error)
    return failed({ problem: networkProblem(error, context), again: isPassing(error) && !timedOut, timedOut })
  }
  const { answer } = outcome
  if (answer.status < 400 || answer.json?.kind !== 'Status') return ok(answer)
  const renewed = answer.status === 401 && context.connection.refused()
  const again = renewed || answer.status === 429 || answer.status >= 500
  return failed({ problem: answerProblem(answer, context), again, timedOut: answer.status === 504 })
}
