import { DatabaseSync, type SQLInputValue } from 'node:sqlite'
import type { SqliteDatabase, SqliteStatement } from 'kysely'

/** Node's own SQLite in the shape that kysely's dialect expects. */
export function openNodeSqlite(file: string): SqliteDatabase {
  const db = new DatabaseSync(file, { timeout: 10_000 })
  // Without recursive triggers, INSERT OR REPLACE passes an append-only trigger; without full sync a power cut forgets.
  db.exec('pragma journal_mode = wal; pragma synchronous = full; pragma recursive_triggers = on;')
  return {
    close: () => db.close(),
    prepare(query: string): SqliteStatement {
      const statement = db.prepare(query)
      const given = (values: readonly unknown[]): SQLInputValue[] => values as SQLInputValue[]
      return {
        reader: statement.columns().length > 0,
        all: (values) => statement.all(...given(values)),
        run: (values) => statement.run(...given(values)),
        iterate: (values) => statement.iterate(...given(values)),
      }
    },
  }
}
