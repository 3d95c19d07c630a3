import type { NotApproved } from '../../model/decision.ts'
import type { QuestionId } from '../../model/ids.ts'
import type { Result } from '../../model/result.ts'
import { answerQuestion, closeQuestion } from '../../safety/confirmation/answer.ts'
import type { AppPorts } from '../common/app-ports.ts'
import { loadPlan, type PlanView } from '../common/load.ts'
import { stillTrue } from '../common/still-true.ts'
import { collect, waiting } from './request-confirmation.ts'
import type { ConfirmationOutcome } from './confirmation-outcome.ts'

/** What came back through the client's form. */
export type FormAnswer =
  | { readonly kind: 'typed'; readonly text: string }
  | { readonly kind: 'none'; readonly outcome: NotApproved }

export interface ClientAnswer {
  readonly plan: string
  readonly question: QuestionId
  readonly answer: FormAnswer
  /** The message that was shown, to be shown again after a slip. */
  readonly message: string
}

async function close(
  view: PlanView,
  { question, outcome }: { readonly question: QuestionId; readonly outcome: NotApproved },
  ports: AppPorts,
): Promise<Result<ConfirmationOutcome>> {
  const closed = await closeQuestion({ plan: view.plan.id, question, outcome }, ports.actor, ports.journal)
  return closed.ok ? waiting(view, outcome, ports) : closed
}

/** Judges an answer from the client's form. Anything but the phrase itself is not a yes. */
export async function answerConfirmation(given: ClientAnswer, ports: AppPorts): Promise<Result<ConfirmationOutcome>> {
  const view = await loadPlan(given.plan, ports)
  if (!view.ok) return view
  if (given.answer.kind === 'none')
    return close(view.value, { question: given.question, outcome: given.answer.outcome }, ports)
  // Looked at again before the yes is recorded: a person must not approve what is no longer so.
  const current = await stillTrue(view.value.plan, ports)
  if (!current.ok) return current
  const { question } = given
  const verdict = await answerQuestion(
    { plan: view.value.plan.id, question, typed: given.answer.text },
    ports.actor,
    ports,
  )
  if (!verdict.ok) return verdict
  if (verdict.value.kind === 'approved') {
    const approved = await loadPlan(view.value.plan.id, ports)
    return approved.ok ? collect(approved.value, ports) : approved
  }
  const { attemptsLeft } = verdict.value
  if (attemptsLeft < 1) return waiting(view.value, 'wrong_answer', ports)
  const again = `That was not the phrase; ${attemptsLeft} more ${attemptsLeft === 1 ? 'attempt' : 'attempts'}.`
  return { ok: true, value: { kind: 'ask', view: view.value, question, message: `${again}\n\n${given.message}` } }
}
