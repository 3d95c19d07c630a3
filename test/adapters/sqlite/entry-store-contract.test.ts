import { describe, expect, it } from 'vitest'
import { sqliteEntryStore } from '../../../src/adapters/sqlite/entry-store.ts'
import type { Appending, EntryStore } from '../../../src/journal/entry-store.ts'
import { GENESIS, seal, type Entry } from '../../../src/journal/entry.ts'
import { openJournal } from '../../../src/journal/journal.ts'
import { sha256 } from '../../../src/model/hash.ts'
import { problem } from '../../../src/model/problem.ts'
import { failed, ok, type Result } from '../../../src/model/result.ts'
import { memoryEntryStore } from '../../harness/memory-entry-store.ts'
import { controlledClock } from '../../journal/support/controlled-clock.ts'
import { asked, decided, minted, person, proposed, queued, scanned } from '../../journal/support/events.ts'
import { GOOD_STORY } from '../../journal/support/good-story.ts'
import { listStore } from '../../journal/support/list-store.ts'
import { problemOf, valueOf } from '../../safety/support/value-of.ts'
import { journalPath, openSqlite } from './support/open-sqlite.ts'

const NO = problem('not_approved', 'No.', 'Nothing.')

/** One journal's storage, as two processes have it: where there is a file, each with a connection of its own. */
type TwoOf = () => Promise<readonly [EntryStore, EntryStore]>
const STORES: readonly (readonly [string, TwoOf])[] = [
  [
    'SQLite',
    async () => {
      const { file } = await journalPath()
      return [sqliteEntryStore(await openSqlite(file)), sqliteEntryStore(await openSqlite(file))]
    },
  ],
  ['memory', async () => twice(memoryEntryStore())],
  ['the list of these tests', async () => twice(listStore())],
]
const twice = (store: EntryStore): readonly [EntryStore, EntryStore] => [store, store]

function chained(count: number, osUser: string = 'ada'): Entry[] {
  const entries: Entry[] = []
  for (let seq = 1; seq <= count; seq += 1)
    entries.push(
      seal({
        seq,
        at: controlledClock().now(),
        actor: { ...person, osUser },
        event: { ...scanned(), subject: `s-${seq}` as never },
        payload: seq % 2 === 0 ? sha256(`text ${seq}`) : null,
        previous: entries.at(-1)?.hash ?? GENESIS,
      }),
    )
  return entries
}
const put = <Value>(store: EntryStore, appending: Appending<Value>): Promise<Result<Value>> =>
  store.exclusively(() => Promise.resolve(ok(appending)))

describe.each(STORES)('%s', (_, open) => {
  it('gives back what was put in, in order, from any place on', async () => {
    const [one, other] = await open()
    // Characters that a store may be tempted to change.
    const entries = chained(5, `ada \u0000 "'; drop table entry; -- ünïcödé \ud83d\ude80 \u2028`)
    expect(await put(one, { entries: entries.slice(0, 3), payloads: [], value: 'first' })).toEqual(ok('first'))
    expect(await put(one, { entries: entries.slice(3), payloads: [], value: 'second' })).toEqual(ok('second'))
    for (const seq of [0, 1, 4, 5, 6])
      expect(valueOf(await other.after(seq)), `after ${seq}`).toEqual(entries.slice(seq))
  })
  it('keeps payloads under their hash, each once', async () => {
    const [one, other] = await open()
    const payload = { hash: sha256('text'), text: 'text' }
    await put(one, { entries: [], payloads: [payload], value: null })
    expect(await put(other, { entries: [], payloads: [payload, payload], value: null })).toEqual(ok(null))
    expect(valueOf(await other.payload(payload.hash))).toBe('text')
    expect(valueOf(await other.payload(sha256('other')))).toBeUndefined()
  })
  it('appends nothing when the work ends in a problem', async () => {
    const [one, other] = await open()
    expect(problemOf(await one.exclusively(() => Promise.resolve(failed(NO))))).toEqual(NO)
    expect(valueOf(await other.after(0))).toEqual([])
  })
  it('appends nothing when the work fails, and goes on with the next', async () => {
    const [one, other] = await open()
    const bug = one.exclusively(() => Promise.reject(new Error('a bug')))
    const outcome = await bug.then(
      (result) => result.ok,
      () => false,
    )
    expect(outcome).toBe(false)
    const [entry] = chained(1) as [Entry]
    await put(other, { entries: [entry], payloads: [], value: null })
    expect(valueOf(await one.after(0))).toEqual([entry])
  })
  it('lets one work at a time, each seeing what the one before it appended', async () => {
    const [store] = await open()
    const entries = chained(20)
    let inside = 0
    await Promise.all(
      entries.map(() =>
        store.exclusively(async (seen) => {
          inside += 1
          expect(inside).toBe(1)
          const before = valueOf(await seen(0))
          await new Promise((resolve) => setImmediate(resolve))
          inside -= 1
          return ok({ entries: [entries[before.length] as Entry], payloads: [], value: before.length })
        }),
      ),
    )
    expect(valueOf(await store.after(0))).toEqual(entries)
  })
  it('carries a whole story from one process to the other', async () => {
    const [one, other] = await open()
    const clock = controlledClock()
    const [writer, reader] = [openJournal(one, clock), openJournal(other, clock)]
    for (const event of GOOD_STORY) {
      const done = await writer.append(() => ok({ drafts: [{ actor: person, event, payload: event }], value: null }))
      expect(done).toEqual(ok(null))
      expect(valueOf(await reader.state()).head.seq).toBe(valueOf(await writer.state()).head.seq)
    }
    expect(valueOf(await reader.state())).toEqual(valueOf(await writer.state()))
    expect(valueOf(await reader.reread())).toEqual(valueOf(await writer.state()))
    const { payload } = valueOf(await reader.entries(0)).at(-1) as Entry
    expect(valueOf(await reader.payload(payload ?? ''))).toEqual(GOOD_STORY.at(-1))
  })
  it('lets one of two redemptions of a token through, whichever is first', async () => {
    const [store] = await open()
    const clock = controlledClock()
    const journals = [openJournal(store, clock), openJournal(store, clock)] as const
    for (const event of [proposed(), asked(), decided(), minted()])
      valueOf(await journals[0].append(() => ok({ drafts: [{ actor: person, event, payload: {} }], value: null })))
    const attempts = ['x-1', 'x-2', 'x-3', 'x-4', 'x-5', 'x-6'].map((id, at) =>
      (journals[at % 2] as (typeof journals)[0]).append(() =>
        ok({ drafts: [{ actor: person, event: queued({}, id as never) }], value: id }),
      ),
    )
    const done = await Promise.all(attempts)
    expect(done.filter((each) => each.ok)).toHaveLength(1)
    expect(new Set(done.flatMap((each) => (each.ok ? [] : [each.problem.reason])))).toEqual(new Set(['plan_applied']))
    expect(valueOf(await journals[1].state()).executions.size).toBe(1)
  })
})
