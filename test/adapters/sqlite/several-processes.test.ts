import { chmodSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { systemClock } from '../../../src/adapters/local/system-clock.ts'
import { sqliteEntryStore } from '../../../src/adapters/sqlite/entry-store.ts'
import { openJournal } from '../../../src/journal/journal.ts'
import { ok } from '../../../src/model/result.ts'
import { sha256 } from '../../../src/model/hash.ts'
import { asked, decided, minted, person, proposed } from '../../journal/support/events.ts'
import { valueOf } from '../../safety/support/value-of.ts'
import { journalPath, openSqlite } from './support/open-sqlite.ts'
import { runAtOnce } from './support/processes.ts'

const FINE = { code: 0, errors: '' }

it('two processes that append 300 entries each lose nothing, and the chain is whole', { timeout: 60_000 }, async () => {
  const { directory, file } = await journalPath()
  const names = ['left', 'right']
  const ended = await runAtOnce(
    'append-many.ts',
    names.map((name) => [directory, name, '300']),
  )
  expect(ended).toEqual([FINE, FINE])
  const journal = openJournal(sqliteEntryStore(await openSqlite(file)), systemClock())
  const state = valueOf(await journal.state())
  expect(state.head.seq).toBe(600)
  const entries = valueOf(await journal.entries(0))
  for (const name of names) {
    const mine = entries.filter(({ actor }) => actor.kind === 'agent' && actor.client === name)
    expect(mine.map(({ event }) => event.subject)).toEqual(
      Array.from({ length: 300 }, (_, at) => `s-${name}-${at + 1}`),
    )
  }
  const last = [...state.scans.values()].at(-1)
  expect(valueOf(await journal.payload(last?.payload ?? ''))).toMatchObject({ at: 300 })
  // They were really at it at the same time.
  const turns = entries.filter(
    ({ actor }, at) => at > 0 && JSON.stringify(actor) !== JSON.stringify(entries[at - 1]?.actor),
  )
  expect(turns.length).toBeGreaterThan(5)
})

it('six processes that start at once on nothing make one journal between them', { timeout: 60_000 }, async () => {
  const { directory } = await journalPath()
  const state = join(directory, 'not', 'there')
  const names = ['a', 'b', 'c', 'd', 'e', 'f']
  const ended = await runAtOnce(
    'append-many.ts',
    names.map((name) => [state, name, '3']),
  )
  expect(ended).toEqual(names.map(() => FINE))
  const journal = openJournal(sqliteEntryStore(await openSqlite(join(state, 'journal.db'))), systemClock())
  expect(valueOf(await journal.state()).head.seq).toBe(18)
  expect(statSync(state).mode & 0o777).toBe(0o700)
})

it('of four processes that redeem one token at once, one wins', { timeout: 60_000 }, async () => {
  const { directory, file } = await journalPath()
  const database = await openSqlite(file)
  chmodSync(file, 0o600)
  const journal = openJournal(sqliteEntryStore(database), systemClock())
  for (const event of [proposed(), asked(), decided(), minted({ tokenHash: sha256('krr-token') })])
    valueOf(await journal.append(() => ok({ drafts: [{ actor: person, event, payload: {} }], value: null })))
  const ids = ['x-1', 'x-2', 'x-3', 'x-4']
  const ended = await runAtOnce(
    'redeem-token.ts',
    ids.map((id) => [directory, id, 'krr-token']),
  )
  expect(ended.map(({ errors }) => errors).sort()).toEqual(['plan_applied', 'plan_applied', 'plan_applied', 'won'])
  const winner = ids[ended.findIndex(({ errors }) => errors === 'won')]
  expect([...valueOf(await journal.state()).executions.keys()]).toEqual([winner])
})
