import { beforeAll, describe, expect, it } from 'vitest'
import { GENESIS, seal, type Entry } from '../../src/journal/entry.ts'
import type { JournalEvent } from '../../src/journal/event.ts'
import { sha256 } from '../../src/model/hash.ts'
import type { Moment } from '../../src/model/moment.ts'
import { wallMillis } from '../../src/model/time.ts'
import { problemOf, valueOf } from '../safety/support/value-of.ts'
import * as events from './support/events.ts'
import { goodStory } from './support/good-story.ts'
import { listStore, rechained } from './support/list-store.ts'
import { world } from './support/world.ts'

let good: readonly Entry[]
let payloads: ReadonlyMap<string, string>
beforeAll(async () => {
  const { store } = await goodStory()
  good = structuredClone(store.rows)
  payloads = new Map(store.payloads)
})

/** What a journal says that is opened over these rows: nothing can be read from it, and nothing can be added. */
async function expectBroken(rows: readonly Entry[], message?: RegExp): Promise<void> {
  const store = listStore(rows, payloads)
  const { journal, tell } = world(store)
  const read = problemOf(await journal.state())
  expect(read.reason).toBe('journal_broken')
  if (message) expect(read.message).toMatch(message)
  const appended = await tell({ ...events.scanned(), subject: 's-more' as never })
  expect(appended?.reason).toBe('journal_broken')
  expect(store.rows).toHaveLength(rows.length)
}

const without = (index: number): Entry[] => good.toSpliced(index, 1)
const edited = (index: number, change: Partial<Entry>): Entry[] =>
  good.with(index, { ...(good[index] as Entry), ...change })
const each = (): readonly number[] => good.map((_, index) => index)

describe('a journal that was written by us', () => {
  it('is read back as the same state by another process, entry for entry', async () => {
    const first = valueOf(await (await goodStory()).journal.state())
    const second = valueOf(await world(listStore(good, payloads)).journal.state())
    expect(second).toEqual(first)
    expect(second.head).toEqual({ seq: good.length, hash: good.at(-1)?.hash })
  })
  it('begins at the genesis hash and numbers from one without a gap', () => {
    expect(good[0]?.previous).toBe(GENESIS)
    expect(good.map(({ seq }) => seq)).toEqual(good.map((_, index) => index + 1))
  })
  it('holds every kind of event there is, so that the tests below alter each of them', () => {
    expect(new Set(good.map(({ event }) => event.kind)).size).toBe(26)
  })
})

describe('whatever is done to the rows, everything after is refused', () => {
  const OTHER: Moment = { wall: wallMillis(1), monotonic: 1, boot: 'x' }
  it.each([
    ['time', (): Partial<Entry> => ({ at: OTHER })],
    ['actor', (): Partial<Entry> => ({ actor: { kind: 'person', osUser: 'eve', host: 'desk' } })],
    ['payload hash', (): Partial<Entry> => ({ payload: 'f'.repeat(64) })],
    ['previous hash', (): Partial<Entry> => ({ previous: 'f'.repeat(64) })],
    ['own hash', (): Partial<Entry> => ({ hash: 'f'.repeat(64) })],
    ['number', (entry: Entry): Partial<Entry> => ({ seq: entry.seq + 1 })],
    [
      'subject',
      (entry: Entry): Partial<Entry> => ({ event: { ...entry.event, subject: 'p-evil' } as unknown as JournalEvent }),
    ],
    [
      'facts',
      (entry: Entry): Partial<Entry> => ({
        event: { ...entry.event, facts: { ...entry.event.facts, more: 1 } } as unknown as JournalEvent,
      }),
    ],
  ])('an edited %s, in any entry', async (_, change) => {
    for (const index of each()) await expectBroken(edited(index, change(good[index] as Entry)))
  })
  it('an entry edited and hashed again, in any place but the last', async () => {
    for (const index of each().slice(0, -1)) {
      const entry = good[index] as Entry
      await expectBroken(good.with(index, seal({ ...entry, at: OTHER })))
    }
  })
  it('a removed entry, in any place but the last', async () => {
    for (const index of each().slice(0, -1)) await expectBroken(without(index), /does not follow/)
  })
  it('a piece cut out of the middle', async () => {
    for (const index of each().slice(1, -3)) await expectBroken(good.toSpliced(index, 3))
  })
  it('two neighbours that changed places, with and without their numbers', async () => {
    for (const index of each().slice(0, -1)) {
      const [a, b] = [good[index] as Entry, good[index + 1] as Entry]
      await expectBroken(good.with(index, b).with(index + 1, a))
      await expectBroken(good.with(index, { ...b, seq: a.seq }).with(index + 1, { ...a, seq: b.seq }))
    }
  })
  it('a doubled entry, with and without a number of its own', async () => {
    for (const index of each()) {
      const entry = good[index] as Entry
      await expectBroken(good.toSpliced(index, 0, entry), /does not follow/)
      await expectBroken([...good, { ...entry, seq: good.length + 1 }])
    }
  })
  it('the first entries cut off and the rest numbered anew', async () => {
    await expectBroken(rechained(good.slice(3)))
  })
})

describe('a row inserted by hand, its hashes right', () => {
  const upTo = (kind: JournalEvent['kind']): Entry[] =>
    good.slice(
      0,
      good.findIndex(({ event }) => event.kind === kind),
    )
  /** Puts a forged event at the end of what is there, with everything about it in order but what it says. */
  const forged = (rows: readonly Entry[], ...more: readonly JournalEvent[]): Entry[] => {
    const at = rows.at(-1)?.at ?? (good[0] as Entry).at
    const row = (event: JournalEvent): Entry =>
      seal({ seq: 1, at, actor: events.person, event, payload: 'e'.repeat(64), previous: '' })
    return rechained([...rows, ...more.map(row)])
  }
  it('would be taken if it told a legal step: the forger of these tests does make good hashes', async () => {
    const rows = forged(upTo('question_asked'), events.asked(), events.decided())
    const state = valueOf(await world(listStore(rows, payloads)).journal.state())
    expect(state.plans.get(events.PLAN)?.phase.kind).toBe('approved')
  })
  it.each<[string, JournalEvent['kind'], readonly JournalEvent[]]>([
    ['a decision without a question', 'question_asked', [events.decided()]],
    [
      'a decision for a level that its channel is not',
      'question_asked',
      [events.asked({ channel: 'client' }), events.decided({ channel: 'client', level: 'terminal' })],
    ],
    ['a decision about a plan that is not there', 'plan_proposed', [events.asked(), events.decided()]],
    ['a token before a yes', 'decision_recorded', [events.minted()]],
    ['an execution without a yes', 'decision_recorded', [events.queued({ redeemedBy: 'command', tokenHash: null })]],
    ['an execution by a token that was not minted', 'execution_queued', [events.queued({ tokenHash: 'f'.repeat(64) })]],
    ['a second execution of one plan', 'execution_claimed', [events.queued({}, 'x-3def' as never)]],
    ['a write that nobody claimed', 'execution_claimed', [events.work('write_intended', { fence: 0 })]],
    ['a second write of one step', 'write_taken', [events.work('write_intended')]],
    ['an undo without a reason on record', 'soak_started', [events.work('undo_intended')]],
    ['a write after the end', 'plan_proposed', [events.work('write_intended')]],
    ['a policy adopted through the client', 'plan_proposed', [events.adopted({ level: 'client' })]],
    [
      'an event of a kind that does not exist',
      'plan_proposed',
      [{ kind: 'approve_all', subject: 'p-2abc', facts: {} } as never],
    ],
    ['an event that is none', 'plan_proposed', [null as never]],
    ['an event without facts', 'question_asked', [{ kind: 'question_asked', subject: events.PLAN } as never]],
  ])('%s: refused', async (_, before, told) => {
    await expectBroken(forged(upTo(before), ...told), /is not a legal step/)
  })
})

describe('a running process', () => {
  it('notices that the last entries it has seen are gone, before it writes over the gap', async () => {
    const told = await goodStory()
    told.store.rows.splice(-2)
    expect(problemOf(await told.journal.state()).reason).toBe('journal_broken')
    expect((await told.tell({ ...events.scanned(), subject: 's-more' as never }))?.reason).toBe('journal_broken')
    expect(told.store.rows).toHaveLength(good.length - 2)
  })
  it('notices that the journal was written anew under it, with every hash right', async () => {
    const told = await goodStory()
    const anew = rechained(good.with(0, { ...(good[0] as Entry), actor: events.agent }))
    told.store.rows.splice(0, good.length, ...anew)
    expect(problemOf(await told.journal.state()).reason).toBe('journal_broken')
    expect((await told.tell({ ...events.scanned(), subject: 's-more' as never }))?.reason).toBe('journal_broken')
  })
  it('notices that the journal was emptied under it', async () => {
    const told = await goodStory()
    told.store.rows.splice(0)
    expect(problemOf(await told.journal.state()).reason).toBe('journal_broken')
  })
  it('never takes two readings at once for a broken journal', async () => {
    const store = listStore()
    const [writer, reader] = [world(store), world(store)]
    await writer.must(events.scanned(), events.proposed())
    const both = await Promise.all([reader.journal.state(), reader.journal.state(), reader.tell(events.asked())])
    expect(both.slice(0, 2)).toMatchObject([{ ok: true }, { ok: true }])
    expect(both[2]).toBeUndefined()
  })
})

describe('payloads', () => {
  const hashOf = (kind: JournalEvent['kind']): string =>
    good.find(({ event }) => event.kind === kind)?.payload ?? 'none'
  it('are read back as they were given', async () => {
    const { journal } = world(listStore(good, payloads))
    expect(valueOf(await journal.payload(hashOf('plan_proposed')))).toEqual({ of: events.PLAN })
  })
  it.each([
    ['edited', (): [string, string][] => [[hashOf('plan_proposed'), '{"of":"p-evil"}']]],
    ['edited by one blank', (): [string, string][] => [[hashOf('plan_proposed'), '{"of": "p-2abc"}']]],
    ['removed', (): [string, string][] => []],
  ])('%s: refused', async (_, left) => {
    const { journal } = world(listStore(good, new Map(left())))
    expect(problemOf(await journal.payload(hashOf('plan_proposed'))).reason).toBe('journal_broken')
  })
  it('that are no JSON, though their hash is right, are refused', async () => {
    const { journal } = world(listStore(good, new Map([[sha256('{'), '{']])))
    expect(problemOf(await journal.payload(sha256('{'))).reason).toBe('journal_broken')
  })
})
