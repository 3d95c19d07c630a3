import { describe, expect, it } from 'vitest'
import { sha256 } from '../../../src/model/hash.ts'
import type { PlanId, QuestionId } from '../../../src/model/ids.ts'
import { millis } from '../../../src/model/time.ts'
import { answerQuestion, APPROVED_FOR, closeQuestion } from '../../../src/safety/confirmation/answer.ts'
import { ATTEMPTS, QUESTION_OPEN_FOR } from '../../../src/safety/confirmation/ask.ts'
import { makeChallenge } from '../../../src/safety/confirmation/challenge.ts'
import { agent, OTHER_PLAN, person, PLAN, proposed, refusal, stale } from '../../journal/support/events.ts'
import { problemOf, valueOf } from '../support/value-of.ts'
import { desk, TEXT, type Desk } from './support/desk.ts'
import { seededRandomness } from './support/seeded-randomness.ts'

const MINUTE = 60_000
const APPROVED = { ok: true, value: { kind: 'approved' } }
const phaseOf = async (made: Desk): Promise<string> => (await made.plan()).phase.kind
const kinds = (made: Desk): string[] => made.store.rows.map(({ event }) => event.kind)

/** Not approved, and not approvable by this answer any more. */
async function expectNoYes(made: Desk, question: QuestionId, typed: string): Promise<void> {
  const before = made.store.rows.length
  expect(problemOf(await made.answer({ question }, typed)).reason).toMatch(/^plan_/)
  expect(made.store.rows.length).toBe(before)
  expect(kinds(made).filter((kind) => kind === 'decision_recorded')).toEqual([])
}

describe('the limits', () => {
  it('are those of the design', () => {
    expect([QUESTION_OPEN_FOR, APPROVED_FOR, ATTEMPTS]).toEqual([5 * MINUTE, 15 * MINUTE, 3])
  })
})

describe('the phrase', () => {
  it('is a yes, and the yes says what was shown, where, and to whom', async () => {
    const made = await desk()
    const asked = await made.asked()
    expect(await made.answer(asked, asked.phrase)).toEqual(APPROVED)
    expect((await made.plan()).phase).toMatchObject({
      kind: 'approved',
      approvedFor: APPROVED_FOR,
      token: null,
      decision: {
        plan: PLAN,
        answer: 'approved',
        channel: 'terminal',
        level: 'terminal',
        question: asked.question,
        promptHash: sha256(TEXT),
        trust: 'same-user',
        by: person,
      },
    })
  })
  it('through the client is a yes of the level client, whatever plan it is for', async () => {
    const made = await desk({ facts: { requiredLevel: 'client' } })
    const asked = await made.asked('client')
    expect(await made.answer(asked, asked.phrase, agent)).toEqual(APPROVED)
    expect((await made.plan()).phase).toMatchObject({ decision: { level: 'client', channel: 'client' } })
  })
  it('through the client is not enough where a terminal is needed', async () => {
    const made = await desk()
    const asked = await made.asked('client')
    expect(problemOf(await made.answer(asked, asked.phrase, agent)).reason).toBe('level_not_available')
    expect(await phaseOf(made)).toBe('open')
  })
  it('is the only yes: all else is wrong and leaves the plan as it was', async () => {
    for (const typed of ['', ' ', 'yes', 'true', '{}', 'approve']) {
      const made = await desk()
      const asked = await made.asked()
      expect(await made.answer(asked, typed)).toEqual({ ok: true, value: { kind: 'wrong', attemptsLeft: 2 } })
      expect(await phaseOf(made)).toBe('open')
    }
  })
  it('names the count and the cluster of the plan', async () => {
    const made = await desk()
    const { phrase } = valueOf(await made.ask({ count: 17, cluster: 'arn:aws:eks:eu:1:cluster/blue' }))
    expect(phrase).toMatch(/^17 blue [a-z]+-[a-z]+$/)
  })
  it('of another plan is wrong', async () => {
    const made = await desk()
    await made.must(proposed({}, OTHER_PLAN))
    const other = valueOf(await made.ask({ plan: OTHER_PLAN }))
    const asked = await made.asked()
    expect(valueOf(await made.answer(asked, other.phrase)).kind).toBe('wrong')
    await expectNoYes(made, other.question, other.phrase)
  })
  it('of an earlier question is wrong, and so is the right phrase given to the earlier question', async () => {
    const made = await desk()
    const first = await made.asked()
    made.clock.advance(5 * MINUTE + 1)
    const second = await made.asked()
    await expectNoYes(made, first.question, first.phrase)
    await expectNoYes(made, first.question, second.phrase)
    expect(valueOf(await made.answer(second, first.phrase)).kind).toBe('wrong')
    expect(await made.answer(second, second.phrase)).toEqual(APPROVED)
  })
  it('is too late after five minutes', async () => {
    const made = await desk()
    const asked = await made.asked()
    made.clock.advance(5 * MINUTE)
    const inTime = await desk()
    const again = await inTime.asked()
    inTime.clock.advance(5 * MINUTE)
    expect(await inTime.answer(again, again.phrase)).toEqual(APPROVED)
    made.clock.advance(1)
    await expectNoYes(made, asked.question, asked.phrase)
  })
  it('is too late when any clock says so', async () => {
    for (const pass of [
      (made: Desk) => made.clock.setWall(5 * MINUTE + 1),
      (made: Desk) => made.clock.creep(5 * MINUTE + 1),
      (made: Desk) => made.clock.setWall(-1),
      (made: Desk) => made.clock.reboot(),
    ]) {
      const made = await desk()
      const asked = await made.asked()
      pass(made)
      await expectNoYes(made, asked.question, asked.phrase)
    }
  })
  it('is too late when the plan is over before its question is', async () => {
    const made = await desk({ facts: { openFor: millis(MINUTE) } })
    const asked = await made.asked()
    made.clock.advance(MINUTE + 1)
    await expectNoYes(made, asked.question, asked.phrase)
  })
  it('is no yes to a plan that went stale, or was refused, while it was being typed', async () => {
    for (const event of [stale(), refusal()]) {
      const made = await desk()
      const asked = await made.asked()
      await made.must(event)
      const before = kinds(made).length
      expect(problemOf(await made.answer(asked, asked.phrase)).reason).toMatch(/^plan_(stale|refused)$/)
      expect(kinds(made)).toHaveLength(before)
    }
  })
  it('is no yes to a question that was closed', async () => {
    const made = await desk()
    const asked = await made.asked()
    const about = { plan: PLAN, question: asked.question, outcome: 'cancelled' } as const
    valueOf(await closeQuestion(about, person, made.journal))
    await expectNoYes(made, asked.question, asked.phrase)
  })
  it('is no yes to a question that was never asked, nor to a plan that does not exist', async () => {
    const made = await desk()
    const asked = await made.asked()
    await expectNoYes(made, 'q-guessed' as QuestionId, asked.phrase)
    const elsewhere = { plan: 'p-zzzz' as PlanId, question: asked.question, typed: asked.phrase }
    expect(problemOf(await answerQuestion(elsewhere, person, made)).reason).toBe('plan_not_open')
  })
  it('is a yes once: of two at the same moment one is, and one entry is made', async () => {
    const made = await desk()
    const asked = await made.asked()
    const both = await Promise.all([made.answer(asked, asked.phrase), made.answer(asked, asked.phrase)])
    expect(both.filter((each) => each.ok)).toHaveLength(1)
    expect(kinds(made).filter((kind) => kind === 'decision_recorded')).toHaveLength(1)
    expect(problemOf(await made.answer(asked, asked.phrase)).reason).toBe('plan_not_open')
  })
})

describe('three wrong answers', () => {
  it('end the question: the right phrase comes too late', async () => {
    const made = await desk()
    const asked = await made.asked()
    for (const left of [2, 1, 0])
      expect(valueOf(await made.answer(asked, `wrong ${left}`))).toEqual({ kind: 'wrong', attemptsLeft: left })
    await expectNoYes(made, asked.question, asked.phrase)
    expect((await made.plan()).phase).toMatchObject({ kind: 'open', question: null, lastOutcome: 'wrong_answer' })
  })
  it('through the client close it for this plan; the terminal stays open', async () => {
    const made = await desk({ facts: { requiredLevel: 'client' } })
    const asked = await made.asked('client')
    for (const typed of ['a', 'b', 'c']) valueOf(await made.answer(asked, typed, agent))
    expect(problemOf(await made.ask({ channel: 'client' })).reason).toBe('illegal_transition')
    const { phrase, question } = await made.asked()
    expect(await made.answer({ question }, phrase)).toEqual(APPROVED)
  })
  it('at the terminal leave it open: a person may start again, with another phrase', async () => {
    const made = await desk()
    const first = await made.asked()
    for (const typed of ['a', 'b', 'c']) valueOf(await made.answer(first, typed))
    const second = await made.asked()
    expect(second.phrase).not.toBe(first.phrase)
    expect(await made.answer(second, second.phrase)).toEqual(APPROVED)
  })
  it('are counted over processes, not per call', async () => {
    const made = await desk()
    const asked = await made.asked()
    const all = await Promise.all(['a', 'b', 'c', 'd', asked.phrase].map((typed) => made.answer(asked, typed)))
    expect(all.map((each) => (each.ok ? each.value.kind : each.problem.reason))).toEqual([
      'wrong',
      'wrong',
      'wrong',
      'plan_not_open',
      'plan_not_open',
    ])
  })
})

describe('a question', () => {
  it('is the only one that is open: a second is refused, whoever asks', async () => {
    const made = await desk()
    await made.asked()
    for (const channel of ['client', 'terminal'] as const)
      expect(problemOf(await made.ask({ channel })).reason).toBe('illegal_transition')
    expect(kinds(made).filter((kind) => kind === 'question_asked')).toHaveLength(1)
  })
  it('that the client declined is not shown there again; a person at the terminal may still say yes', async () => {
    const made = await desk({ facts: { requiredLevel: 'client' } })
    const { question, phrase } = await made.asked('client')
    valueOf(await closeQuestion({ plan: PLAN, question, outcome: 'declined_or_not_shown' }, agent, made.journal))
    await expectNoYes(made, question, phrase)
    expect(problemOf(await made.ask({ channel: 'client' })).reason).toBe('illegal_transition')
    const again = await made.asked('terminal')
    expect(await made.answer(again, again.phrase)).toEqual(APPROVED)
  })
  it('is about the plan as it was proposed', async () => {
    const made = await desk()
    expect(problemOf(await made.ask({ digest: 'e'.repeat(64) })).reason).toBe('illegal_transition')
  })
  it('has an id that nobody can guess', async () => {
    const made = await desk()
    expect((await made.asked()).question).toMatch(/^q-[0-9a-f]{24}$/)
  })
  it('is on record with the exact text that was shown', async () => {
    const made = await desk()
    await made.asked()
    const entry = made.store.rows.find(({ event }) => event.kind === 'question_asked')
    expect(valueOf(await made.journal.payload(entry?.payload ?? ''))).toEqual({ text: TEXT })
  })
  it('that is gone already can be closed by anybody, and nothing is recorded', async () => {
    const made = await desk()
    const { question, phrase } = await made.asked()
    valueOf(await made.answer({ question }, phrase))
    const before = kinds(made).length
    for (const about of [
      { plan: PLAN, question },
      { plan: PLAN, question: 'q-other' as QuestionId },
      { plan: 'p-zzzz' as PlanId, question },
    ])
      expect(await closeQuestion({ ...about, outcome: 'no_answer' }, person, made.journal)).toEqual({
        ok: true,
        value: null,
      })
    expect(kinds(made)).toHaveLength(before)
    expect(await phaseOf(made)).toBe('approved')
  })
})

it('the seeded randomness of these tests gives each seed its own phrase', () => {
  const about = { count: 1, cluster: 'c' }
  expect(makeChallenge(about, seededRandomness('a')).phrase).not.toBe(
    makeChallenge(about, seededRandomness('b')).phrase,
  )
})
