import { Kysely, SqliteDialect } from 'kysely'
import { Migrator } from 'kysely/migration'
import { problem, type Problem } from '../../model/problem.ts'
import { failed, ok, type Result } from '../../model/result.ts'
import { inWriteLock } from './in-write-lock.ts'
import { migrations } from './migrations.ts'
import { openNodeSqlite } from './node-sqlite.ts'
import type { Schema } from './schema.ts'

/** What went wrong with the store, as a sentence. Whatever it is, the action it was to record does not happen. */
export function storeProblem(error: unknown): Problem {
  const text = error instanceof Error ? error.message.slice(0, 200) : 'unknown error'
  const next = /full/i.test(text)
    ? 'Free some disk space, then try again. Nothing was done.'
    : /lock|busy/i.test(text)
      ? 'Another process holds the journal. Try again in a moment. Nothing was done.'
      : 'Check the state directory (--state-dir): it must be writable and on a local disk. Nothing was done.'
  return problem('journal_unwritable', `The journal could not be used: ${text}.`, next)
}

/** Several processes may start at once on a new journal, and any of them may be killed: one makes the schema, whole or not at all. */
async function migrate(db: Kysely<Schema>): Promise<void> {
  const provider = { getMigrations: () => Promise.resolve({ ...migrations }) }
  await inWriteLock(db, async (connection) => {
    const { error } = await new Migrator({ db: connection, provider }).migrateToLatest()
    if (error) throw error
  })
}

/** Opens the journal's database and brings its schema up to date. */
export async function openDatabase(file: string): Promise<Result<Kysely<Schema>>> {
  try {
    const db = new Kysely<Schema>({ dialect: new SqliteDialect({ database: openNodeSqlite(file) }) })
    try {
      await migrate(db)
      return ok(db)
    } catch (error) {
      await db.destroy()
      throw error
    }
  } catch (error) {
    return failed(storeProblem(error))
  }
}
