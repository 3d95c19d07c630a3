import type { Actor } from '../../model/actor.ts'
import type { Decision, NotApproved } from '../../model/decision.ts'
import type { PlanId, QuestionId } from '../../model/ids.ts'
import { problem } from '../../model/problem.ts'
import { failed, ok, type Result } from '../../model/result.ts'
import { minutes, type Millis } from '../../model/time.ts'
import type { Draft, Journal } from '../../journal/journal.ts'
import { isLive, whyNotOpen } from '../../journal/plan-transition.ts'
import type { JournalState, OpenQuestion, PlanState } from '../../journal/state.ts'
import type { Moment } from '../../model/moment.ts'
import type { Clock } from '../../ports/clock.ts'
import { answers } from './challenge.ts'

/** How long a yes may wait to be used. */
export const APPROVED_FOR: Millis = minutes(15)

export interface Answer {
  readonly plan: PlanId
  readonly question: QuestionId
  readonly typed: string
}
export type Verdict = { readonly kind: 'approved' } | { readonly kind: 'wrong'; readonly attemptsLeft: number }

function openQuestion(
  state: JournalState,
  answer: Answer,
  at: Moment,
): Result<{ plan: PlanState; question: OpenQuestion }> {
  const gone = (text: string) =>
    failed(problem('plan_not_open', text, 'Ask again with request_confirmation, or run krr-mcp approve.'))
  const plan = state.plans.get(answer.plan)
  if (!plan) return gone(`There is no plan ${answer.plan}.`)
  const why = whyNotOpen(plan, at)
  if (why) return failed(why)
  if (plan.phase.kind !== 'open' || plan.phase.question?.id !== answer.question)
    return gone('That question is not open: it was answered, closed or replaced.')
  if (!isLive(plan.phase.question, at)) return gone('That question was open for too long.')
  return ok({ plan, question: plan.phase.question })
}

const decisionOf = (plan: PlanState, question: OpenQuestion, by: Actor): Decision => ({
  plan: plan.id,
  digest: question.digest,
  answer: 'approved',
  level: question.channel,
  channel: question.channel,
  question: question.id,
  promptHash: question.promptHash,
  trust: 'same-user',
  by,
})

function wrongDrafts(answer: Answer, question: OpenQuestion, by: Actor): Draft[] {
  const wrong: Draft = {
    actor: by,
    event: { kind: 'answer_wrong', subject: answer.plan, facts: { question: question.id } },
  }
  if (question.attemptsLeft > 1) return [wrong]
  return [
    wrong,
    {
      actor: by,
      event: {
        kind: 'question_closed',
        subject: answer.plan,
        facts: { question: question.id, outcome: 'wrong_answer' },
      },
    },
  ]
}

/** Judges what was typed. A yes and its record are one entry; nothing but the phrase itself is a yes. */
export async function answerQuestion(
  answer: Answer,
  by: Actor,
  { journal, clock }: { journal: Journal; clock: Clock },
): Promise<Result<Verdict>> {
  return journal.append<Verdict>((state) => {
    const found = openQuestion(state, answer, clock.now())
    if (!found.ok) return found
    const { plan, question } = found.value
    if (!answers(answer.typed, question))
      return ok({
        drafts: wrongDrafts(answer, question, by),
        value: { kind: 'wrong', attemptsLeft: question.attemptsLeft - 1 },
      })
    const decision = decisionOf(plan, question, by)
    const draft: Draft = {
      actor: by,
      event: { kind: 'decision_recorded', subject: plan.id, facts: { decision, approvedFor: APPROVED_FOR } },
    }
    return ok({ drafts: [draft], value: { kind: 'approved' } })
  })
}

/** Ends a question without a yes. A question that has gone already is fine: nothing is approved either way. */
export async function closeQuestion(
  about: { readonly plan: PlanId; readonly question: QuestionId; readonly outcome: NotApproved },
  by: Actor,
  journal: Journal,
): Promise<Result<null>> {
  return journal.append((state) => {
    const phase = state.plans.get(about.plan)?.phase
    if (phase?.kind !== 'open' || phase.question?.id !== about.question) return ok({ drafts: [], value: null })
    const { question, outcome } = about
    return ok({
      drafts: [{ actor: by, event: { kind: 'question_closed', subject: about.plan, facts: { question, outcome } } }],
      value: null,
    })
  })
}
