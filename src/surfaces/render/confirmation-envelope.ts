import type { NotApproved } from '../../model/decision.ts'
import type { Problem } from '../../model/problem.ts'
import { forPerson, forTool, type Envelope } from './envelope.ts'
import { plainText } from '../../model/plain-text.ts'
import type { ShownPlan } from './plan-text.ts'

export interface Approved {
  readonly view: ShownPlan
  readonly token: string
  readonly validForSeconds: number
}
export interface Waiting {
  readonly view: ShownPlan
  readonly reason: WaitingReason
  readonly command: string
}
type WaitingReason = NotApproved | 'terminal_required' | 'client_cannot_ask' | 'too_long_for_form' | 'question_open'

/** Each says what is so and what to tell the user; none says how to get round it. */
const WORDS: Readonly<Record<WaitingReason, string>> = {
  terminal_required: 'The policy asks for an answer at a terminal. Tell the user to run the command in next.',
  client_cannot_ask: 'This client cannot show a form. Tell the user to run the command in next.',
  too_long_for_form: 'The plan is too long for a form. Tell the user to run the command in next.',
  question_open: 'The user is being asked already. Tell them, and call again later.',
  declined_or_not_shown:
    'The client declined the form; whether the user saw it is not known. Tell the user to run the command in next if they want the change.',
  cancelled: 'The form was closed without an answer. Ask the user what they want.',
  no_answer: 'Nobody answered. Ask the user what they want.',
  malformed: 'What came back was no answer. Tell the user to run the command in next if they want the change.',
  wrong_answer:
    'What was typed was not the phrase, three times. Tell the user to run the command in next if they want the change.',
  answer_lost: 'The client gave up before the user answered. Ask the user what they want.',
  plan_changed: 'The plan changed. Make a new plan.',
}

const clusterOf = ({ state }: ShownPlan): { name: string; source: string } => ({
  name: plainText(state.facts.clusterName, 80),
  source: state.facts.source,
})

export const approvedEnvelope = ({ view, token, validForSeconds }: Approved): Envelope => ({
  status: 'approved',
  headline: `A person approved plan ${view.plan.id}. The token works once, for ${validForSeconds} s.`,
  cluster: clusterOf(view),
  changed_cluster: 'no',
  next: [forTool('apply_recommendations', { confirmation_token: token, dry_run: false })],
  data: { plan_id: view.plan.id, confirmation_token: token, valid_for_seconds: validForSeconds },
})

/** What came back through the form cannot count: how the plan stands is unchanged by it. */
export const uncountedEnvelope = (view: ShownPlan, { reason, message, next }: Problem): Envelope => ({
  status: view.status,
  headline: plainText(message, 1000),
  cluster: clusterOf(view),
  changed_cluster: view.status === 'applied' ? 'unknown' : 'no',
  next: view.status === 'proposed' ? [forTool('request_confirmation', { plan_id: view.plan.id })] : [],
  data: { plan_id: view.plan.id, reason, what_to_do: plainText(next, 500) },
})

export const waitingEnvelope = ({ view, reason, command }: Waiting): Envelope => ({
  status: 'waiting_for_human',
  headline: `Plan ${view.plan.id} is not approved. ${WORDS[reason]}`,
  cluster: clusterOf(view),
  changed_cluster: 'no',
  next: [forPerson(command), forTool('request_confirmation', { plan_id: view.plan.id, wait_seconds: 45 })],
  data: { plan_id: view.plan.id, reason, ask_again_after_seconds: 10 },
})
