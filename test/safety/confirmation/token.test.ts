import { describe, expect, it } from 'vitest'
import { sha256 } from '../../../src/model/hash.ts'
import type { ExecutionId } from '../../../src/model/ids.ts'
import { minutes } from '../../../src/model/time.ts'
import { refuse } from '../../../src/safety/confirmation/refuse.ts'
import { LONGEST_TOKEN, mintToken, planOfToken } from '../../../src/safety/confirmation/token.ts'
import { systemRandomness } from '../../../src/adapters/local/system-randomness.ts'
import {
  agent,
  asked,
  decided,
  DIGEST,
  OTHER_PLAN,
  person,
  PLAN,
  proposed,
  stale,
} from '../../journal/support/events.ts'
import { problemOf, valueOf } from '../support/value-of.ts'
import { desk, type Desk } from './support/desk.ts'

const MINUTE = 60_000
const X2 = 'x-3def' as ExecutionId

async function withToken(): Promise<{ made: Desk; token: string }> {
  const made = await desk()
  await made.yes()
  return { made, token: await made.token() }
}
const find = async (made: Desk, token: string) => planOfToken(valueOf(await made.journal.state()), token)
const executions = async (made: Desk): Promise<number> => valueOf(await made.journal.state()).executions.size

/** Nothing is started with it, and looking it up says why. */
async function expectWorthless(made: Desk, token: string, why: { redeem: string; find: string }): Promise<void> {
  const before = await executions(made)
  expect(problemOf(await made.redeem({ by: 'token', token }, { execution: 'x-9zzz' as ExecutionId })).reason).toBe(
    why.redeem,
  )
  expect(problemOf(await find(made, token)).reason).toBe(why.find)
  expect(await executions(made)).toBe(before)
}

describe('a token', () => {
  it('is not given before a yes', async () => {
    const made = await desk()
    expect(problemOf(await made.mint()).reason).toBe('illegal_transition')
    const { question } = await made.asked()
    expect(problemOf(await made.mint()).reason).toBe('illegal_transition')
    valueOf(await made.answer({ question }, 'wrong'))
    expect(problemOf(await made.mint()).reason).toBe('illegal_transition')
  })
  it('is not given any more once the yes is 15 minutes old', async () => {
    const made = await desk()
    await made.yes()
    made.clock.advance(15 * MINUTE + 1)
    expect(problemOf(await made.mint()).reason).toBe('illegal_transition')
  })
  it('is random, 256 bits of it, and kept as a hash only', async () => {
    const { made, token } = await withToken()
    expect(token).toMatch(/^krr-[A-Za-z0-9_-]{43}$/)
    expect(JSON.stringify([...made.store.rows, ...made.store.payloads])).not.toContain(token.slice(4, 20))
    expect((await made.plan()).phase).toMatchObject({ token: { hash: sha256(token) } })
    const random = systemRandomness
    const many = await Promise.all(
      Array.from({ length: 20 }, () => mintToken({ plan: PLAN, validFor: minutes(5) }, agent, { ...made, random })),
    )
    expect(new Set(many.map((each) => valueOf(each))).size).toBe(20)
  })
  it('starts one execution, and leads to its plan until then', async () => {
    const { made, token } = await withToken()
    expect(valueOf(await find(made, token)).id).toBe(PLAN)
    expect(await made.redeem({ by: 'token', token })).toEqual({ ok: true, value: 'x-2abc' })
    expect((await made.plan()).phase).toMatchObject({ kind: 'applied', execution: 'x-2abc' })
  })
  it('that was guessed starts nothing, and neither does the hash that is in the journal', async () => {
    const { made, token } = await withToken()
    const unknown = { redeem: 'token_unknown', find: 'token_unknown' }
    const guesses = [
      '',
      'krr-',
      'krr-guess',
      token.slice(0, -1),
      `${token} `,
      token.toUpperCase(),
      `krr-${'A'.repeat(43)}`,
    ]
    for (const guess of [...guesses, sha256(token), 'null', 'undefined']) await expectWorthless(made, guess, unknown)
    expect(await made.redeem({ by: 'token', token })).toMatchObject({ ok: true })
  })
  it('is used once: replayed it starts nothing and says what it started', async () => {
    const { made, token } = await withToken()
    valueOf(await made.redeem({ by: 'token', token }))
    await expectWorthless(made, token, { redeem: 'plan_applied', find: 'token_used' })
    expect(problemOf(await find(made, token)).message).toContain('x-2abc')
  })
  it('raced by two starts one execution', async () => {
    const { made, token } = await withToken()
    const both = await Promise.all([
      made.redeem({ by: 'token', token }),
      made.redeem({ by: 'token', token }, { execution: X2 }),
      made.redeem({ by: 'command' }, { execution: 'x-4ghj' as ExecutionId }),
    ])
    expect(both.filter((each) => each.ok)).toHaveLength(1)
    expect(await executions(made)).toBe(1)
  })
  it('is void once it was collected again', async () => {
    const { made, token } = await withToken()
    const later = await made.token()
    expect(later).not.toBe(token)
    await expectWorthless(made, token, { redeem: 'token_unknown', find: 'token_unknown' })
    expect(await made.redeem({ by: 'token', token: later })).toMatchObject({ ok: true })
  })
  it.each<[string, (made: Desk) => void, string]>([
    ['five minutes are over', ({ clock }) => clock.advance(5 * MINUTE + 1), 'token_expired'],
    ['the wall clock alone says so', ({ clock }) => clock.setWall(5 * MINUTE + 1), 'token_expired'],
    ['the monotonic clock alone says so', ({ clock }) => clock.creep(5 * MINUTE + 1), 'token_expired'],
    ['the wall clock was set back', ({ clock }) => clock.setWall(-1), 'plan_expired'],
    ['the machine was booted anew', ({ clock }) => clock.reboot(), 'plan_expired'],
  ])('is over when %s', async (_, pass, reason) => {
    const { made, token } = await withToken()
    pass(made)
    expect(problemOf(await made.redeem({ by: 'token', token })).reason).toBe(reason)
    expect(await executions(made)).toBe(0)
  })
  it('lives to the last millisecond of its five minutes', async () => {
    const { made, token } = await withToken()
    made.clock.advance(5 * MINUTE)
    expect(await made.redeem({ by: 'token', token })).toMatchObject({ ok: true })
  })
  it('lives five minutes at most, whatever was asked for, and less if that was asked for', async () => {
    expect(LONGEST_TOKEN).toBe(5 * MINUTE)
    const { made } = await withToken()
    const random = systemRandomness
    for (const [wanted, got] of [
      [60 * MINUTE, 5 * MINUTE],
      [MINUTE, MINUTE],
      [0, 0],
    ] as const) {
      valueOf(await mintToken({ plan: PLAN, validFor: wanted as never }, agent, { ...made, random }))
      expect((await made.plan()).phase).toMatchObject({ token: { validFor: got } })
    }
  })
  it('does not outlive the yes it stands for', async () => {
    const made = await desk()
    await made.yes()
    made.clock.advance(14 * MINUTE)
    const token = await made.token()
    made.clock.advance(MINUTE + 1)
    expect(problemOf(await made.redeem({ by: 'token', token })).reason).toBe('plan_expired')
  })
  it('is worth nothing for another plan, though that one is approved too', async () => {
    const { made, token } = await withToken()
    const question = 'q-2' as never
    await made.must(
      proposed({ steps: [] }, OTHER_PLAN),
      asked({ question }, OTHER_PLAN),
      decided({ question }, OTHER_PLAN),
    )
    const theirs = valueOf(await made.mint(OTHER_PLAN))
    expect(problemOf(await made.redeem({ by: 'token', token }, { plan: OTHER_PLAN })).reason).toBe('token_unknown')
    expect(problemOf(await made.redeem({ by: 'token', token: theirs })).reason).toBe('token_unknown')
    expect(valueOf(await find(made, theirs)).id).toBe(OTHER_PLAN)
  })
  it('is worth nothing for another text of the same plan', async () => {
    const { made, token } = await withToken()
    expect(problemOf(await made.redeem({ by: 'token', token }, { digest: 'e'.repeat(64) })).reason).toBe('not_approved')
    expect((await made.plan()).facts.digest).toBe(DIGEST)
  })
  it('is worth nothing once the plan was refused or went stale', async () => {
    for (const [event, reason] of [
      ['refuse', 'plan_refused'],
      ['stale', 'plan_stale'],
    ] as const) {
      const { made, token } = await withToken()
      if (event === 'refuse') valueOf(await refuse(PLAN, person, made.journal))
      else await made.must(stale())
      await expectWorthless(made, token, { redeem: reason, find: 'token_unknown' })
      expect(problemOf(await made.mint()).reason).toBe(reason)
    }
  })
  it('is not needed by the approving command, which needs the yes all the same', async () => {
    const made = await desk()
    expect(problemOf(await made.redeem({ by: 'command' })).reason).toBe('not_approved')
    await made.yes()
    expect(await made.redeem({ by: 'command' })).toMatchObject({ ok: true })
    expect(problemOf(await made.redeem({ by: 'command' }, { execution: X2 })).reason).toBe('plan_applied')
  })
})

describe('a refusal', () => {
  it('is final: no question, no yes and no token come after it', async () => {
    const made = await desk()
    const { question, phrase } = await made.asked()
    expect(await refuse(PLAN, person, made.journal)).toEqual({ ok: true, value: null })
    expect(problemOf(await made.answer({ question }, phrase)).reason).toBe('plan_refused')
    expect(problemOf(await made.ask()).reason).toBe('plan_refused')
    expect(problemOf(await made.mint()).reason).toBe('plan_refused')
    expect(problemOf(await refuse(PLAN, person, made.journal)).reason).toBe('plan_refused')
  })
  it('takes back a yes that was not used yet', async () => {
    const { made, token } = await withToken()
    valueOf(await refuse(PLAN, person, made.journal))
    expect(problemOf(await made.redeem({ by: 'token', token })).reason).toBe('plan_refused')
    expect(problemOf(await made.redeem({ by: 'command' })).reason).toBe('plan_refused')
    expect((await made.plan()).phase).toMatchObject({ kind: 'refused', decision: { by: person, answer: 'refused' } })
  })
  it('does not take back what was started', async () => {
    const { made, token } = await withToken()
    valueOf(await made.redeem({ by: 'token', token }))
    expect(problemOf(await refuse(PLAN, person, made.journal)).reason).toBe('plan_applied')
  })
  it('of a plan that there is not says so', async () => {
    expect(problemOf(await refuse('p-zzzz' as never, person, (await desk()).journal)).reason).toBe('unknown_id')
  })
})
