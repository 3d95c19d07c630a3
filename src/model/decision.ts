import type { Actor } from './actor.ts'
import type { PlanId, QuestionId } from './ids.ts'
import type { Level } from './level.ts'

/** How a question reached a person. */
export type Channel = 'client' | 'terminal'

/** Why a question ended without a yes. Never a status: a status would invite a way round it. */
export type NotApproved =
  | 'declined_or_not_shown'
  | 'cancelled'
  | 'no_answer'
  | 'malformed'
  | 'wrong_answer'
  | 'answer_lost'
  | 'plan_changed'

/** A person's answer about one plan, bound to its digest and to the text that was shown. */
export interface Decision {
  readonly plan: PlanId
  readonly digest: string
  readonly answer: 'approved' | 'refused'
  readonly level: Level
  readonly channel: Channel
  readonly question: QuestionId | null
  /** SHA-256 of the exact text shown. */
  readonly promptHash: string
  /** Agent and executor share an OS user until split mode exists: recorded, so that nobody reads more into it. */
  readonly trust: 'same-user'
  readonly by: Actor
}
