import type { ClientAnswer } from '../../app/agent/answer-confirmation.ts'
import type { ConfirmationOutcome } from '../../app/agent/confirmation-outcome.ts'
import type { AppPorts } from '../../app/common/app-ports.ts'
import type { Result } from '../../model/result.ts'

/** What an answer leads to. One that could not be judged ends its question: nobody sees that form any more. */
export async function judgeAnswer(given: ClientAnswer, ports: AppPorts): Promise<Result<ConfirmationOutcome>> {
  const { answerConfirmation } = await import('../../app/agent/answer-confirmation.ts')
  const judged = await answerConfirmation(given, ports)
  if (!judged.ok) await answerConfirmation({ ...given, answer: { kind: 'none', outcome: 'answer_lost' } }, ports)
  return judged
}
