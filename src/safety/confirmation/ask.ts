import type { Actor } from '../../model/actor.ts'
import type { Channel } from '../../model/decision.ts'
import { sha256 } from '../../model/hash.ts'
import type { PlanId, QuestionId } from '../../model/ids.ts'
import { minutes, type Millis } from '../../model/time.ts'
import { ok, type Result } from '../../model/result.ts'
import type { Journal } from '../../journal/journal.ts'
import type { Randomness } from '../../ports/randomness.ts'
import { makeChallenge } from './challenge.ts'

/** How long a question waits: as long as a 2025-era call may be held open. */
export const QUESTION_OPEN_FOR: Millis = minutes(5)
/** One answer, and two more for a slip of the fingers. */
export const ATTEMPTS = 3

export interface Asking {
  readonly plan: PlanId
  readonly digest: string
  readonly channel: Channel
  /** The text shown, generated from the plan. */
  readonly text: string
  readonly count: number
  readonly cluster: string
}
export interface Asked {
  readonly question: QuestionId
  /** What must be typed: goes to the person's screen and nowhere else. */
  readonly phrase: string
}

/** The id of a question: unguessable, so that an answer can only be to a question that was really asked. */
const questionId = (random: Randomness): QuestionId =>
  `q-${Buffer.from(random.bytes(12)).toString('hex')}` as QuestionId

/** Puts one question on record. The journal refuses a second open one, a closed channel and a plan that is not open. */
export async function ask(
  asking: Asking,
  by: Actor,
  { journal, random }: { journal: Journal; random: Randomness },
): Promise<Result<Asked>> {
  const { plan, digest, channel, text, count, cluster } = asking
  const question = questionId(random)
  const { phrase, answerHash, salt } = makeChallenge({ count, cluster }, random)
  const facts = {
    question,
    channel,
    digest,
    promptHash: sha256(text),
    answerHash,
    salt,
    openFor: QUESTION_OPEN_FOR,
    attempts: ATTEMPTS,
  }
  // The payload is the exact text without the phrase: what was shown is on record, what had to be typed is not.
  const draft = { actor: by, event: { kind: 'question_asked', subject: plan, facts } as const, payload: { text } }
  return journal.append(() => ok({ drafts: [draft], value: { question, phrase } }))
}
