import { describe, expect, it } from 'vitest'
import type { JournalEvent } from '../../src/journal/event.ts'
import type { NotApproved } from '../../src/model/decision.ts'
import type { QuestionId } from '../../src/model/ids.ts'
import { LEVELS } from '../../src/model/level.ts'
import { ok } from '../../src/model/result.ts'
import { minutes } from '../../src/model/time.ts'
import { problemOf } from '../safety/support/value-of.ts'
import {
  asked,
  claimed,
  closed,
  decided,
  ended,
  minted,
  OTHER_PLAN,
  person,
  PLAN,
  proposed,
  queued,
  refusal,
  stale,
  wrong,
} from './support/events.ts'
import { world, type World } from './support/world.ts'

const SECOND = 'q-2' as QuestionId
const MINUTE = 60_000

async function told(...events: readonly JournalEvent[]): Promise<World> {
  const made = world()
  await made.must(...events)
  return made
}
const reason = async (made: World, ...events: readonly JournalEvent[]): Promise<string | undefined> =>
  (await made.tell(...events))?.reason

const ALL: readonly JournalEvent[] = [
  asked({ question: SECOND }),
  wrong(),
  closed('cancelled'),
  decided(),
  refusal(),
  minted(),
  stale(),
  queued(),
  queued({ redeemedBy: 'command', tokenHash: null }),
]

describe('a plan', () => {
  it('is proposed once under its id', async () => {
    expect(await reason(await told(proposed()), proposed())).toBe('illegal_transition')
  })
  it('is not recorded without its text', async () => {
    const { journal } = world()
    const event = proposed()
    const done = await journal.append(() => ok({ drafts: [{ actor: person, event }], value: null }))
    expect(problemOf(done).reason).toBe('illegal_transition')
  })
  it('that nobody proposed can be neither asked about nor decided', async () => {
    for (const event of ALL) expect(await reason(world(), event), event.kind).toBe('illegal_transition')
  })
  it('that is blocked stays blocked, whatever is said about it', async () => {
    const made = await told(proposed({ blocked: true }))
    for (const event of ALL) expect(await reason(made, event), event.kind).toBe('plan_blocked')
  })
  it('that was refused stays refused: before a question, during one, and after a yes that was not used', async () => {
    for (const before of [[], [asked()], [asked(), decided()], [asked(), decided(), minted()]]) {
      const made = await told(proposed(), ...before, refusal())
      expect((await made.plan()).phase.kind).toBe('refused')
      for (const event of ALL) expect(await reason(made, event), event.kind).toBe('plan_refused')
    }
  })
  it('that went stale stays stale, even with a yes and a token', async () => {
    for (const before of [[], [asked()], [asked(), decided(), minted()]]) {
      const made = await told(proposed(), ...before, stale())
      for (const event of ALL) expect(await reason(made, event), event.kind).toBe('plan_stale')
    }
  })
  it('that was applied stays applied: neither refused, nor stale, nor decided again', async () => {
    const made = await told(proposed(), asked(), decided(), minted(), queued())
    expect((await made.plan()).phase).toMatchObject({ kind: 'applied', execution: 'x-2abc' })
    for (const event of ALL) {
      const again = event.kind === 'execution_queued' ? { ...event, subject: 'x-3def' as never } : event
      expect(await reason(made, again), event.kind).toBe('plan_applied')
    }
  })
})

describe('a question', () => {
  it('is the only one of its plan while it is open', async () => {
    const made = await told(proposed(), asked())
    expect(await reason(made, asked({ question: SECOND }))).toBe('illegal_transition')
    expect(await reason(made, asked({ question: SECOND, channel: 'client' }))).toBe('illegal_transition')
  })
  it('may be followed by another when it was open for too long, or was closed', async () => {
    const expired = await told(proposed(), asked())
    expired.clock.advance(5 * MINUTE + 1)
    await expired.must(asked({ question: SECOND }))
    await (await told(proposed(), asked(), closed('no_answer'))).must(asked({ question: SECOND }))
  })
  it('may be open for each of two plans at once', async () => {
    await (await told(proposed(), proposed({}, OTHER_PLAN), asked())).must(asked({ question: SECOND }, OTHER_PLAN))
  })
  it('is about the very plan that was proposed', async () => {
    expect(await reason(await told(proposed()), asked({ digest: 'e'.repeat(64) }))).toBe('illegal_transition')
  })
  it('counts its wrong answers and takes no more of them than it allows', async () => {
    const made = await told(proposed(), asked({ attempts: 2 }), wrong(), wrong())
    expect((await made.plan()).phase).toMatchObject({ question: { attemptsLeft: 0 } })
    expect(await reason(made, wrong())).toBe('illegal_transition')
  })
  it('that is not open can be neither answered wrongly nor closed', async () => {
    const made = await told(proposed(), asked())
    expect(await reason(made, wrong(SECOND))).toBe('illegal_transition')
    expect(await reason(made, closed('cancelled', SECOND))).toBe('illegal_transition')
    const none = await told(proposed())
    expect(await reason(none, wrong())).toBe('illegal_transition')
    expect(await reason(none, closed('cancelled'))).toBe('illegal_transition')
  })
  it.each<NotApproved>(['declined_or_not_shown', 'malformed', 'wrong_answer'])(
    'that ended in the client with %s closes that channel for good, and leaves the terminal open',
    async (outcome) => {
      const made = await told(proposed(), asked({ channel: 'client' }), closed(outcome))
      expect((await made.plan()).closedChannels).toEqual(['client'])
      expect(await reason(made, asked({ question: SECOND, channel: 'client' }))).toBe('illegal_transition')
      await made.must(asked({ question: SECOND }), closed('cancelled', SECOND))
      expect(await reason(made, asked({ channel: 'client' }))).toBe('illegal_transition')
    },
  )
  it.each<NotApproved>(['cancelled', 'no_answer', 'answer_lost', 'plan_changed'])(
    'that ended in the client with %s may be asked there again',
    async (outcome) => {
      const made = await told(proposed(), asked({ channel: 'client' }), closed(outcome))
      await made.must(asked({ question: SECOND, channel: 'client' }))
    },
  )
  it('never closes the terminal: there a person comes by themselves', async () => {
    const made = await told(proposed(), asked(), closed('wrong_answer'))
    await made.must(asked({ question: SECOND }))
  })
})

describe('a yes', () => {
  it('answers a question that was asked', async () => {
    expect(await reason(await told(proposed()), decided())).toBe('illegal_transition')
    expect(await reason(await told(proposed()), decided({ question: null }))).toBe('illegal_transition')
    expect(await reason(await told(proposed(), asked()), decided({ question: null }))).toBe('illegal_transition')
    expect(await reason(await told(proposed(), asked()), decided({ question: SECOND }))).toBe('illegal_transition')
  })
  it('does not answer a question that was closed, or that another one followed', async () => {
    expect(await reason(await told(proposed(), asked(), closed('cancelled')), decided())).toBe('illegal_transition')
    const made = await told(proposed(), asked())
    made.clock.advance(5 * MINUTE + 1)
    await made.must(asked({ question: SECOND }))
    expect(await reason(made, decided())).toBe('illegal_transition')
    await made.must(decided({ question: SECOND }))
  })
  it('answers the text that was shown, through the channel on which it was shown', async () => {
    const made = await told(proposed(), asked())
    expect(await reason(made, decided({ promptHash: 'another text' }))).toBe('illegal_transition')
    expect(await reason(made, decided({ channel: 'client', level: 'client' }))).toBe('illegal_transition')
  })
  it('is about the very plan that was proposed', async () => {
    const made = await told(proposed(), asked())
    expect(await reason(made, decided({ digest: 'e'.repeat(64) }))).toBe('illegal_transition')
    expect(await reason(made, decided({ plan: OTHER_PLAN }))).toBe('illegal_transition')
    expect(await reason(made, { ...refusal(), facts: decided({ plan: OTHER_PLAN, answer: 'refused' }).facts })).toBe(
      'illegal_transition',
    )
  })
  it('has the level of its channel, and no other', async () => {
    for (const channel of ['client', 'terminal'] as const)
      for (const level of LEVELS) {
        const made = await told(proposed({ requiredLevel: 'client' }), asked({ channel }))
        const got = await reason(made, decided({ channel, level }))
        expect(got, `${level} through ${channel}`).toBe(level === channel ? undefined : 'illegal_transition')
      }
  })
  it('has at least the level that the plan needs', async () => {
    for (const requiredLevel of LEVELS)
      for (const channel of ['client', 'terminal'] as const) {
        const made = await told(proposed({ requiredLevel }), asked({ channel }))
        const enough = requiredLevel === 'client' || (requiredLevel === 'terminal' && channel === 'terminal')
        const got = await reason(made, decided({ channel, level: channel }))
        expect(got, `${channel} for ${requiredLevel}`).toBe(enough ? undefined : 'level_not_available')
      }
  })
  it('is given once', async () => {
    expect(await reason(await told(proposed(), asked(), decided()), decided())).toBe('illegal_transition')
  })
  it('ends the asking', async () => {
    expect(await reason(await told(proposed(), asked(), decided()), asked({ question: SECOND }))).toBe(
      'illegal_transition',
    )
  })
})

describe('a token', () => {
  it('does not exist before a yes', async () => {
    expect(await reason(await told(proposed()), minted())).toBe('illegal_transition')
    expect(await reason(await told(proposed(), asked()), minted())).toBe('illegal_transition')
    expect(await reason(await told(proposed(), asked(), wrong()), minted())).toBe('illegal_transition')
  })
  it('is void when a later one was minted', async () => {
    const made = await told(proposed(), asked(), decided(), minted(), minted({ tokenHash: 'later' }))
    expect(await reason(made, queued())).toBe('token_unknown')
    await made.must(queued({ tokenHash: 'later' }))
  })
})

describe('an execution', () => {
  const approved = [proposed(), asked(), decided(), minted()]
  it('starts with the token, or by the approving command', async () => {
    await (await told(...approved)).must(queued())
    await (await told(proposed(), asked(), decided())).must(queued({ redeemedBy: 'command', tokenHash: null }))
  })
  it('starts with no other token, and with none where a token is needed', async () => {
    const made = await told(...approved)
    expect(await reason(made, queued({ tokenHash: 'guessed' }))).toBe('token_unknown')
    expect(await reason(made, queued({ tokenHash: null }))).toBe('token_unknown')
    const without = await told(proposed(), asked(), decided())
    expect(await reason(without, queued({ tokenHash: null }))).toBe('token_unknown')
    expect(await reason(made, queued({ redeemedBy: 'magic' as never, tokenHash: null }))).toBe('token_unknown')
  })
  it('does not start with the token of another plan', async () => {
    const other = [proposed({ steps: [] }, OTHER_PLAN), asked({ question: SECOND }, OTHER_PLAN)]
    const yes = [decided({ question: SECOND }, OTHER_PLAN), minted({ tokenHash: 'other' }, OTHER_PLAN)]
    const made = await told(...approved, ...other, ...yes)
    expect(await reason(made, queued({ tokenHash: 'other' }))).toBe('token_unknown')
    expect(await reason(made, queued({ plan: OTHER_PLAN }))).toBe('token_unknown')
  })
  it('is of the plan that was approved, digest and all', async () => {
    expect(await reason(await told(...approved), queued({ digest: 'e'.repeat(64) }))).toBe('not_approved')
  })
  it('needs a yes', async () => {
    for (const before of [[proposed()], [proposed(), asked()], [proposed(), asked(), wrong()]])
      for (const redeemedBy of ['token', 'command'] as const)
        expect(await reason(await told(...before), queued({ redeemedBy }))).toBe('not_approved')
  })
  it('is the only one of its plan, ever', async () => {
    const made = await told(...approved, queued())
    expect(await reason(made, queued({}, 'x-3def' as never))).toBe('plan_applied')
    expect(await reason(made, queued({ redeemedBy: 'command', tokenHash: null }, 'x-3def' as never))).toBe(
      'plan_applied',
    )
  })
  it('does not take the id of an earlier one', async () => {
    const other = proposed({ steps: [] }, OTHER_PLAN)
    const yes = [asked({ question: SECOND }, OTHER_PLAN), decided({ question: SECOND }, OTHER_PLAN)]
    const made = await told(...approved, queued(), other, ...yes)
    const facts = { plan: OTHER_PLAN, redeemedBy: 'command', tokenHash: null } as const
    expect(await reason(made, queued(facts))).toBe('illegal_transition')
    await made.must(queued(facts, 'x-3def' as never))
  })
  it('waits for others on the same workload, however far they are, until they have ended', async () => {
    const yes = [asked({ question: SECOND }, OTHER_PLAN), decided({ question: SECOND }, OTHER_PLAN)]
    const steps = [
      { workload: 'shop/deployment/api', title: '' },
      { workload: 'shop/deployment/new', title: '' },
    ]
    const made = await told(...approved, queued(), proposed({ steps }, OTHER_PLAN), ...yes)
    const second = queued({ plan: OTHER_PLAN, redeemedBy: 'command', tokenHash: null }, 'x-3def' as never)
    expect(await reason(made, second)).toBe('workload_busy')
    await made.must(claimed())
    expect(await reason(made, second)).toBe('workload_busy')
    await made.must(ended('holding'))
    await made.must(second)
  })
})

describe('time', () => {
  type Passing = readonly [name: string, pass: (made: World, limit: number) => void]
  const over: readonly Passing[] = [
    ['the time is over', ({ clock }, limit) => clock.advance(limit + 1)],
    ['the wall clock alone says so (a machine that slept)', ({ clock }, limit) => clock.setWall(limit + 1)],
    ['the monotonic clock alone says so (a wall clock that was stopped)', ({ clock }, limit) => clock.creep(limit + 1)],
    ['the wall clock was set back, by whatever little', ({ clock }) => clock.setWall(-1)],
    ['the machine was booted anew', ({ clock }) => clock.reboot()],
  ]
  const limits: readonly (readonly [
    name: string,
    limit: number,
    before: readonly JournalEvent[],
    then: JournalEvent,
    reason: string,
  ])[] = [
    ['a plan is open for an hour: it is asked about no more', 60 * MINUTE, [proposed()], asked(), 'plan_expired'],
    ['a plan is open for an hour: it is refused no more', 60 * MINUTE, [proposed()], refusal(), 'plan_expired'],
    [
      'a plan is open for its hour, whatever its approval says: no token',
      60 * MINUTE,
      [proposed(), asked(), { ...decided(), facts: { ...decided().facts, approvedFor: minutes(600) } }],
      minted(),
      'plan_expired',
    ],
    [
      'a plan is open for its hour, whatever its approval says: no execution',
      60 * MINUTE,
      [proposed(), asked(), { ...decided(), facts: { ...decided().facts, approvedFor: minutes(600) } }],
      queued({ redeemedBy: 'command', tokenHash: null }),
      'plan_expired',
    ],
    ['a question is open for five minutes', 5 * MINUTE, [proposed(), asked()], decided(), 'illegal_transition'],
    ['a yes lasts 15 minutes: no token', 15 * MINUTE, [proposed(), asked(), decided()], minted(), 'illegal_transition'],
    [
      'a yes lasts 15 minutes: no execution by the command',
      15 * MINUTE,
      [proposed(), asked(), decided()],
      queued({ redeemedBy: 'command', tokenHash: null }),
      'plan_expired',
    ],
    [
      'a yes lasts 15 minutes, whatever its token says',
      15 * MINUTE,
      [proposed(), asked(), decided(), minted({ validFor: minutes(600) })],
      queued(),
      'plan_expired',
    ],
    ['a token lasts five minutes', 5 * MINUTE, [proposed(), asked(), decided(), minted()], queued(), 'token_expired'],
  ]
  describe.each(limits)('%s', (_, limit, before, then, why) => {
    it('is legal to the last millisecond', async () => {
      const made = await told(...before)
      made.clock.advance(limit)
      await made.must(then)
    })
    it.each(over)('is refused when %s', async (_name, pass) => {
      const made = await told(...before)
      pass(made, limit)
      const got = await reason(made, then)
      // Whichever of the limits is noticed first: with another boot or an earlier wall clock all of them are over.
      expect([why, 'plan_expired']).toContain(got)
      expect(made.store.rows).toHaveLength(before.length)
    })
  })
  it('is over for all that was proposed, also for a process that starts afterwards', async () => {
    const made = await told(proposed(), asked(), decided(), minted())
    made.clock.reboot()
    const later = world(made.store, made.clock)
    expect(await reason(later, queued())).toBe('plan_expired')
    expect((await later.plan(PLAN)).phase.kind).toBe('approved')
  })
})
