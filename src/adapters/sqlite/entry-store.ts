import type { Kysely } from 'kysely'
import { canonicalJson } from '../../model/canonical-json.ts'
import { problem } from '../../model/problem.ts'
import { failed, ok, type Result } from '../../model/result.ts'
import type { Entry } from '../../journal/entry.ts'
import type { Appending, EntryStore } from '../../journal/entry-store.ts'
import { storeProblem } from './database.ts'
import { inWriteLock } from './in-write-lock.ts'
import type { Schema } from './schema.ts'

type Row = Schema['entry']

function toEntry(row: Row): Entry {
  const { seq, payload, previous, hash } = row
  // What the row really says is for the hash to judge; here it only has to be JSON.
  const parsed = [row.at, row.actor, row.event].map((text) => JSON.parse(text) as unknown)
  const [at, actor, event] = parsed as [Entry['at'], Entry['actor'], Entry['event']]
  return Object.freeze({ seq, at, actor, event, payload, previous, hash })
}

const toRow = (entry: Entry): Row => ({
  seq: entry.seq,
  at: canonicalJson(entry.at),
  actor: canonicalJson(entry.actor),
  event: canonicalJson(entry.event),
  payload: entry.payload,
  previous: entry.previous,
  hash: entry.hash,
})

async function readAfter(db: Kysely<Schema>, seq: number): Promise<Result<readonly Entry[]>> {
  const rows = await db.selectFrom('entry').selectAll().where('seq', '>', seq).orderBy('seq').execute()
  try {
    return ok(rows.map(toEntry))
  } catch {
    return failed(
      problem(
        'journal_broken',
        'A row of the journal is not readable.',
        'Run `krr-mcp audit verify`; nothing will be written.',
      ),
    )
  }
}

async function insert(db: Kysely<Schema>, { entries, payloads }: Appending<unknown>): Promise<void> {
  for (const { hash, text } of payloads)
    await db
      .insertInto('payload')
      .values({ hash, text })
      .onConflict((on) => on.doNothing())
      .execute()
  for (const entry of entries) await db.insertInto('entry').values(toRow(entry)).execute()
}

async function guarded<Value>(work: () => Promise<Result<Value>>): Promise<Result<Value>> {
  try {
    return await work()
  } catch (error) {
    return failed(storeProblem(error))
  }
}

/** The journal in SQLite. One file serves several processes. */
export function sqliteEntryStore(db: Kysely<Schema>): EntryStore {
  return {
    after: (seq) => guarded(() => readAfter(db, seq)),
    payload: (hash) =>
      guarded(async () => {
        const row = await db.selectFrom('payload').select('text').where('hash', '=', hash).executeTakeFirst()
        return ok(row?.text)
      }),
    exclusively: (work) =>
      guarded(() =>
        inWriteLock(db, async (connection) => {
          const done = await work((seq) => readAfter(connection, seq))
          if (!done.ok) return done
          await insert(connection, done.value)
          return ok(done.value.value)
        }),
      ),
    close: () => db.destroy(),
  }
}
