import { satisfies } from '../model/level.ts'
import { isOver, type Moment } from '../model/moment.ts'
import { problem, type Problem } from '../model/problem.ts'
import { failed, ok, type Failed, type Result } from '../model/result.ts'
import { illegal, type Change } from './change.ts'
import type {
  AnswerWrong,
  DecisionRecorded,
  PlanEvent,
  PlanProposed,
  PlanStale,
  QuestionAsked,
  QuestionClosed,
  TokenMinted,
} from './event.ts'
import type { JournalState, OpenQuestion, PlanPhase, PlanState } from './state.ts'

const NEW_PLAN = 'Make a new plan with preview_changes.'
const next = (plan: PlanState, phase: PlanPhase): Result<Change> => ok({ plan: { ...plan, phase } })

/** Why a plan cannot be decided upon any more; undefined while it can. */
export function whyNotOpen(plan: PlanState, at: Moment): Problem | undefined {
  const say = (reason: Problem['reason'], text: string): Problem =>
    problem(reason, `Plan ${plan.id} ${text}.`, NEW_PLAN)
  switch (plan.phase.kind) {
    case 'blocked':
      return say('plan_blocked', 'is blocked by its checks')
    case 'refused':
      return say('plan_refused', 'was refused by a person; that is final')
    case 'stale':
      return say('plan_stale', `is stale: ${plan.phase.why}`)
    case 'applied':
      return say('plan_applied', `was applied as ${plan.phase.execution}; a decision is spent once`)
    case 'open':
    case 'approved':
      return isOver(plan.proposedAt, at, plan.facts.openFor) ? say('plan_expired', 'has expired') : undefined
  }
}

export const isLive = (question: OpenQuestion, at: Moment): boolean => !isOver(question.askedAt, at, question.openFor)

function proposed(state: JournalState, event: PlanProposed, entry: Stamp): Result<Change> {
  if (state.plans.has(event.subject)) return illegal(`Plan ${event.subject} exists already.`)
  if (entry.payload === null) return illegal('A plan is recorded with its text.')
  const phase: PlanPhase = event.facts.blocked
    ? { kind: 'blocked' }
    : { kind: 'open', question: null, lastOutcome: null }
  return ok({
    plan: {
      id: event.subject,
      payload: entry.payload,
      facts: event.facts,
      proposedAt: entry.at,
      closedChannels: [],
      phase,
    },
  })
}

function asked(plan: PlanState, { facts }: QuestionAsked, at: Moment): Result<Change> {
  if (plan.phase.kind !== 'open') return illegal(`Plan ${plan.id} cannot be asked about in its state.`)
  const { question } = plan.phase
  // One open question per plan: two prompts on two screens would let one yes answer a text the person did not read.
  if (question && isLive(question, at)) return illegal(`A question about ${plan.id} is already open.`)
  if (plan.closedChannels.includes(facts.channel))
    return illegal(`The ${facts.channel} channel is closed for ${plan.id}.`)
  if (facts.digest !== plan.facts.digest) return illegal('The question is about another plan.')
  const { question: id, channel, digest, promptHash, answerHash, salt, openFor, attempts } = facts
  const open: OpenQuestion = {
    id,
    channel,
    digest,
    promptHash,
    answerHash,
    salt,
    openFor,
    askedAt: at,
    attemptsLeft: attempts,
  }
  return next(plan, { kind: 'open', question: open, lastOutcome: plan.phase.lastOutcome })
}

function wrong(plan: PlanState, { facts }: AnswerWrong): Result<Change> {
  if (plan.phase.kind !== 'open' || plan.phase.question?.id !== facts.question)
    return illegal('That question is not open.')
  const { question } = plan.phase
  if (question.attemptsLeft < 1) return illegal('No attempts are left.')
  return next(plan, { ...plan.phase, question: { ...question, attemptsLeft: question.attemptsLeft - 1 } })
}

function closed(plan: PlanState, { facts }: QuestionClosed): Result<Change> {
  if (plan.phase.kind !== 'open' || plan.phase.question?.id !== facts.question)
    return illegal('That question is not open.')
  const { channel } = plan.phase.question
  // A form that was declined, or answered by something that cannot read, is not shown again: asking until it yields is
  // what an impatient model would do. The terminal stays open: there a person comes by themselves.
  const final = channel === 'client' && ['declined_or_not_shown', 'malformed', 'wrong_answer'].includes(facts.outcome)
  const closedChannels = final ? [...plan.closedChannels, channel] : plan.closedChannels
  return ok({ plan: { ...plan, closedChannels, phase: { kind: 'open', question: null, lastOutcome: facts.outcome } } })
}

function whyNoYes(plan: PlanState, { facts }: DecisionRecorded, at: Moment): Failed<Problem> | undefined {
  const { decision } = facts
  if (plan.phase.kind !== 'open') return illegal(`Plan ${plan.id} is not open for a decision.`)
  const { question } = plan.phase
  // A yes without a live question is a yes to nothing that was shown.
  if (!question || question.id !== decision.question || !isLive(question, at))
    return illegal('A yes needs the question it answers, still open.')
  if (question.promptHash !== decision.promptHash || question.channel !== decision.channel)
    return illegal('The yes answers another text or came another way.')
  // A channel cannot vouch for more than it is.
  if (decision.level !== decision.channel)
    return illegal(`The ${decision.channel} channel cannot decide at level ${decision.level}.`)
  if (!satisfies(decision.level, plan.facts.requiredLevel))
    return failed(
      problem(
        'level_not_available',
        `Plan ${plan.id} needs a decision at level ${plan.facts.requiredLevel}.`,
        `Run: krr-mcp approve ${plan.id}`,
      ),
    )
  return undefined
}

function decided(plan: PlanState, event: DecisionRecorded, at: Moment): Result<Change> {
  const { decision, approvedFor } = event.facts
  if (decision.plan !== plan.id || decision.digest !== plan.facts.digest)
    return illegal('The decision is about another plan.')
  if (decision.answer === 'refused') return next(plan, { kind: 'refused', decision })
  const why = whyNoYes(plan, event, at)
  return why ?? next(plan, { kind: 'approved', decision, decidedAt: at, approvedFor, token: null })
}

function minted(plan: PlanState, { facts }: TokenMinted, at: Moment): Result<Change> {
  // No token before a yes, none after the yes has gone stale.
  if (plan.phase.kind !== 'approved') return illegal(`Plan ${plan.id} is not approved.`)
  if (isOver(plan.phase.decidedAt, at, plan.phase.approvedFor))
    return illegal(`The approval of ${plan.id} has expired.`)
  return next(plan, { ...plan.phase, token: { hash: facts.tokenHash, mintedAt: at, validFor: facts.validFor } })
}

const stale = (plan: PlanState, { facts }: PlanStale): Result<Change> => next(plan, { kind: 'stale', why: facts.why })

interface Stamp {
  readonly at: Moment
  readonly payload: string | null
}

/** The legal steps of a plan. */
export function planTransition(state: JournalState, event: PlanEvent, stamp: Stamp): Result<Change> {
  if (event.kind === 'plan_proposed') return proposed(state, event, stamp)
  const plan = state.plans.get(event.subject)
  if (!plan) return illegal(`There is no plan ${event.subject}.`)
  const why = whyNotOpen(plan, stamp.at)
  if (why) return failed(why)
  switch (event.kind) {
    case 'question_asked':
      return asked(plan, event, stamp.at)
    case 'answer_wrong':
      return wrong(plan, event)
    case 'question_closed':
      return closed(plan, event)
    case 'decision_recorded':
      return decided(plan, event, stamp.at)
    case 'token_minted':
      return minted(plan, event, stamp.at)
    case 'plan_stale':
      return stale(plan, event)
  }
}
