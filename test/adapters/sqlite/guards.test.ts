import { DatabaseSync } from 'node:sqlite'
import { sql, type Kysely } from 'kysely'
import { expect, it } from 'vitest'
import { sqliteEntryStore } from '../../../src/adapters/sqlite/entry-store.ts'
import type { Schema } from '../../../src/adapters/sqlite/schema.ts'
import { openJournal, type Journal } from '../../../src/journal/journal.ts'
import { ok } from '../../../src/model/result.ts'
import { canonicalJson } from '../../../src/model/canonical-json.ts'
import { controlledClock } from '../../journal/support/controlled-clock.ts'
import { decided, OTHER_PLAN, person, scanned } from '../../journal/support/events.ts'
import { GOOD_STORY } from '../../journal/support/good-story.ts'
import { rechained } from '../../journal/support/list-store.ts'
import { problemOf, valueOf } from '../../safety/support/value-of.ts'
import { editRows } from './support/edit-rows.ts'
import { journalPath, openSqlite } from './support/open-sqlite.ts'

interface Written {
  readonly file: string
  readonly db: Kysely<Schema>
  readonly journal: Journal
}

async function written(): Promise<Written> {
  const { file } = await journalPath()
  const db = await openSqlite(file)
  const journal = openJournal(sqliteEntryStore(db), controlledClock())
  const drafts = GOOD_STORY.map((event) => ({ actor: person, event, payload: event }))
  valueOf(await journal.append(() => ok({ drafts, value: null })))
  return { file, db, journal }
}
const another = (journal: Journal) =>
  journal.append(() =>
    ok({ drafts: [{ actor: person, event: { ...scanned(), subject: 's-more' as never }, payload: {} }], value: null }),
  )
const dump = (file: string): unknown => {
  const db = new DatabaseSync(file, { readOnly: true })
  try {
    return [
      db.prepare('select * from entry order by seq').all(),
      db.prepare('select * from payload order by hash').all(),
    ]
  } finally {
    db.close()
  }
}

it.each([
  "update entry set event = '{}' where seq = 3",
  'update entry set seq = 99 where seq = 3',
  'update or replace entry set seq = 4 where seq = 3',
  'delete from entry where seq = 3',
  'delete from entry',
  "insert or replace into entry select seq, at, actor, '{}', payload, previous, 'other' from entry where seq = 3",
  "replace into entry select seq, at, actor, '{}', payload, previous, 'other' from entry where seq = 3",
  'replace into entry select 99, at, actor, event, payload, previous, hash from entry where seq = 3',
  "insert into entry select seq, at, actor, event, payload, previous, 'other' from entry where seq = 3 on conflict (seq) do update set event = '{}'",
  "update payload set text = '{}'",
  'delete from payload',
  "insert or replace into payload select hash, '{}' from payload limit 1",
  "insert into payload select hash, '{}' from payload where true limit 1 on conflict (hash) do update set text = '{}'",
])('an entry or payload that was written stays as it is: %s', async (statement) => {
  const { file, db } = await written()
  const before = dump(file)
  await expect(sql.raw(statement).execute(db)).rejects.toThrow('the journal is append-only')
  expect(dump(file)).toEqual(before)
})

it('writes reach the disk before an answer is given, beside others who read', async () => {
  const { db } = await written()
  const ask = async (pragma: string): Promise<unknown> => {
    const { rows } = await sql.raw<Record<string, unknown>>(`pragma ${pragma}`).execute(db)
    return Object.values(rows[0] ?? {})[0]
  }
  expect(await ask('journal_mode')).toBe('wal')
  // 2: every commit is synced. With less, a power cut forgets a write that was already sent to the cluster.
  expect(await ask('synchronous')).toBe(2)
  expect(await ask('recursive_triggers')).toBe(1)
})

// Whoever owns the file can take the triggers off: then the chain is what is left.
it.each([
  [
    'an edited decision',
    `update entry set event = replace(event, '"level":"terminal"', '"level":"passkey"') where seq = 6`,
  ],
  ['an edited time', `update entry set at = replace(at, 'boot-1', 'boot-2') where seq = 6`],
  ['an edited actor', `update entry set actor = replace(actor, 'ada', 'eve') where seq = 6`],
  ['another payload', `update entry set payload = (select payload from entry where seq = 3) where seq = 4`],
  ['a removed entry', 'delete from entry where seq = 6'],
  ['a piece cut out', 'delete from entry where seq between 6 and 9'],
  [
    'two that changed places',
    'update entry set seq = -6 where seq = 6; update entry set seq = 6 where seq = 7; update entry set seq = 7 where seq = -6',
  ],
  [
    'a doubled entry',
    `insert into entry select (select max(seq) + 1 from entry), at, actor, event, payload, previous, 'other' from entry where seq = 6`,
  ],
  ['a row that is no JSON', `update entry set event = 'approved!' where seq = 6`],
  ['a row that is no event', `update entry set event = 'null' where seq = 6`],
])('%s stops everything: no state, no new entry', async (_, edit) => {
  const { file } = await written()
  editRows(file, edit)
  const before = dump(file)
  const journal = openJournal(sqliteEntryStore(await openSqlite(file)), controlledClock())
  expect(problemOf(await journal.state()).reason).toBe('journal_broken')
  expect(problemOf(await journal.reread()).reason).toBe('journal_broken')
  expect(problemOf(await another(journal)).reason).toBe('journal_broken')
  expect(dump(file)).toEqual(before)
})

it('a row put in by hand with a right hash but an impossible story stops everything', async () => {
  const { file, journal: before } = await written()
  const entries = valueOf(await before.entries(0))
  const last = entries.at(-1) as (typeof entries)[number]
  const forged = rechained([...entries, { ...last, event: decided({}, OTHER_PLAN), payload: null }]).at(-1)
  if (!forged) throw new Error('nothing forged')
  const db = new DatabaseSync(file)
  db.prepare('insert into entry values (?, ?, ?, ?, ?, ?, ?)').run(
    forged.seq,
    canonicalJson(forged.at),
    canonicalJson(forged.actor),
    canonicalJson(forged.event),
    null,
    forged.previous,
    forged.hash,
  )
  db.close()
  const journal = openJournal(sqliteEntryStore(await openSqlite(file)), controlledClock())
  expect(problemOf(await journal.state())).toMatchObject({
    reason: 'journal_broken',
    message: expect.stringContaining('is not a legal step'),
  })
  expect(problemOf(await another(journal)).reason).toBe('journal_broken')
})

it('a process that is running notices what is done to what it has read', async () => {
  const { file, journal } = await written()
  valueOf(await journal.state())
  editRows(file, 'delete from entry where seq >= 20')
  expect(problemOf(await journal.state()).reason).toBe('journal_broken')
  expect(problemOf(await another(journal)).reason).toBe('journal_broken')
  expect(valueOf(await journal.entries(0))).toHaveLength(19)
})

it('an entry edited under a running process is found by the next whole reading', async () => {
  const { file, journal } = await written()
  editRows(file, `update entry set actor = replace(actor, 'ada', 'eve') where seq = 6`)
  expect(problemOf(await journal.reread()).reason).toBe('journal_broken')
})

it('an edited payload is not taken for what it was', async () => {
  const { file, journal } = await written()
  const { payload } = valueOf(await journal.entries(2))[0] ?? {}
  editRows(file, `update payload set text = replace(text, 'production', 'staging')`)
  expect(problemOf(await journal.payload(payload ?? '')).reason).toBe('journal_broken')
})
