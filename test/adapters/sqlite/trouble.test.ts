import { spawnSync } from 'node:child_process'
import { chmodSync, chownSync, copyFileSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { sql } from 'kysely'
import { expect, it } from 'vitest'
import { openStateDir } from '../../../src/adapters/local/state-dir.ts'
import { openDatabase } from '../../../src/adapters/sqlite/database.ts'
import { sqliteEntryStore } from '../../../src/adapters/sqlite/entry-store.ts'
import { openJournal, type Journal } from '../../../src/journal/journal.ts'
import { ok } from '../../../src/model/result.ts'
import { controlledClock } from '../../journal/support/controlled-clock.ts'
import { person, scanned } from '../../journal/support/events.ts'
import { problemOf, valueOf } from '../../safety/support/value-of.ts'
import { journalPath, openSqlite } from './support/open-sqlite.ts'

const scan = (journal: Journal, id: string, payload: unknown = {}) =>
  journal.append(() =>
    ok({ drafts: [{ actor: person, event: { ...scanned(), subject: id as never }, payload }], value: id }),
  )

async function opened() {
  const { file, directory } = await journalPath()
  const db = await openSqlite(file)
  const journal = openJournal(sqliteEntryStore(db), controlledClock())
  valueOf(await scan(journal, 's-first'))
  return { file, directory, db, journal }
}

it('a full disk is a sentence and nothing is recorded; with space again the chain goes on', async () => {
  const { db, journal } = await opened()
  const { rows } = await sql<{ page_count: number }>`pragma page_count`.execute(db)
  await sql.raw(`pragma max_page_count = ${(rows[0]?.page_count ?? 0) + 1}`).execute(db)
  const full = problemOf(await scan(journal, 's-second', { much: 'x'.repeat(100_000) }))
  expect(full).toMatchObject({ reason: 'journal_unwritable', next: expect.stringContaining('Free some disk space') })
  expect(valueOf(await journal.state()).scans.size).toBe(1)
  await sql`pragma max_page_count = 1000000`.execute(db)
  valueOf(await scan(journal, 's-second'))
  expect(valueOf(await journal.reread()).head.seq).toBe(2)
})

it('a journal that another process holds is a sentence, and nothing is recorded', async () => {
  const { file, db, journal } = await opened()
  // The program waits ten seconds; this test does not.
  await sql`pragma busy_timeout = 20`.execute(db)
  const other = new DatabaseSync(file)
  other.exec('begin immediate')
  const locked = problemOf(await scan(journal, 's-second'))
  expect(locked).toMatchObject({ reason: 'journal_unwritable', next: expect.stringContaining('Another process holds') })
  // Reading goes on meanwhile.
  expect(valueOf(await journal.state()).scans.size).toBe(1)
  other.exec('rollback')
  other.close()
  valueOf(await scan(journal, 's-second'))
})

it('a database that cannot be written to is a sentence, and nothing is recorded', async () => {
  const { db, journal } = await opened()
  await sql`pragma query_only = on`.execute(db)
  const readOnly = problemOf(await scan(journal, 's-second'))
  expect(readOnly).toMatchObject({
    reason: 'journal_unwritable',
    message: expect.stringContaining('readonly'),
    next: expect.stringContaining('it must be writable'),
  })
  expect(valueOf(await journal.state()).scans.size).toBe(1)
})

it('a file that is no database is a sentence, and is left as it is', async () => {
  const { file } = await journalPath()
  writeFileSync(file, 'my shopping list\n'.repeat(100), { mode: 0o600 })
  const before = statSync(file).mtimeMs
  expect(problemOf(await openDatabase(file))).toMatchObject({
    reason: 'journal_unwritable',
    message: expect.stringContaining('not a database'),
  })
  expect(statSync(file).mtimeMs).toBe(before)
})

it('a directory that is not there is a sentence', async () => {
  const { directory } = await journalPath()
  expect(problemOf(await openDatabase(join(directory, 'not', 'there.db'))).reason).toBe('journal_unwritable')
})

it('a damaged database is a sentence', async () => {
  const { file, directory, db, journal } = await opened()
  for (let at = 0; at < 20; at += 1) valueOf(await scan(journal, `s-${at}`, { much: 'y'.repeat(3000), at }))
  await sql`pragma wal_checkpoint(truncate)`.execute(db)
  const copy = join(directory, 'copy.db')
  copyFileSync(file, copy)
  // Everything behind the first two pages.
  const bytes = readFileSync(copy)
  writeFileSync(copy, bytes.fill(0x5a, 2 * 4096))
  const reopened = await openDatabase(copy)
  const said = reopened.ok
    ? problemOf(await openJournal(sqliteEntryStore(reopened.value), controlledClock()).state())
    : reopened.problem
  expect(['journal_unwritable', 'journal_broken']).toContain(said.reason)
  if (reopened.ok) await reopened.value.destroy()
})

it('everything in the state directory is for its owner alone', async () => {
  const { directory } = await journalPath()
  const before = process.umask(0)
  try {
    const state = valueOf(openStateDir(join(directory, 'state')))
    const journal = openJournal(sqliteEntryStore(await openSqlite(state.journalFile)), controlledClock())
    valueOf(await scan(journal, 's-first'))
    const files = readdirSync(state.path)
    expect(files.sort()).toEqual(['journal.db', 'journal.db-shm', 'journal.db-wal'])
    expect(statSync(state.path).mode & 0o777).toBe(0o700)
    for (const file of files) expect(statSync(join(state.path, file)).mode & 0o777, file).toBe(0o600)
  } finally {
    process.umask(before)
  }
})

const NOBODY = 65_534
const APPEND = join(import.meta.dirname, 'fixtures', 'append-many.ts')

it('a journal file that its owner cannot write to is a sentence, and is not written to', async () => {
  const { directory } = await journalPath()
  const { journalFile } = valueOf(openStateDir(directory))
  const db = await openSqlite(journalFile)
  await db.destroy()
  chmodSync(journalFile, 0o400)
  const before = statSync(journalFile).mtimeMs
  // Root can write to everything: as root, somebody else tries.
  const root = process.getuid?.() === 0
  if (root) for (const path of [directory, journalFile]) chownSync(path, NOBODY, NOBODY)
  const tried = spawnSync(process.execPath, [APPEND, directory, 'nobody', '1'], {
    input: 'go\n',
    encoding: 'utf8',
    ...(root ? { uid: NOBODY, gid: NOBODY } : {}),
  })
  expect(tried.stderr).toMatch(/^state_dir_unsafe: The state directory .* cannot be used \(EACCES/)
  expect(tried.status).toBe(1)
  expect(statSync(journalFile).mtimeMs).toBe(before)
})
