import { chmodSync } from 'node:fs'
import { join } from 'node:path'
import type { Kysely } from 'kysely'
import { onTestFinished } from 'vitest'
import { openDatabase } from '../../../../src/adapters/sqlite/database.ts'
import type { Schema } from '../../../../src/adapters/sqlite/schema.ts'
import { temporaryDirectory } from '../../../harness/temporary-directory.ts'
import { valueOf } from '../../../safety/support/value-of.ts'

/** A private directory for one test, and where its journal would be. */
export async function journalPath(): Promise<{ readonly directory: string; readonly file: string }> {
  const { path, remove } = await temporaryDirectory('sqlite')
  onTestFinished(remove)
  chmodSync(path, 0o700)
  return { directory: path, file: join(path, 'journal.db') }
}

/** The journal's database as the program opens it; closed when the test is over. */
export async function openSqlite(file: string): Promise<Kysely<Schema>> {
  const db = valueOf(await openDatabase(file))
  onTestFinished(() => db.destroy())
  return db
}
