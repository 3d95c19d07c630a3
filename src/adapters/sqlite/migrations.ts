import { sql, type Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'

const forbid = (table: string, act: 'update' | 'delete'): ReturnType<typeof sql> =>
  sql`create trigger ${sql.raw(`${table}_no_${act}`)} before ${sql.raw(act)} on ${sql.table(table)}
      begin select raise(abort, 'the journal is append-only'); end`

const journal: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await db.schema
      .createTable('entry')
      .addColumn('seq', 'integer', (column) => column.primaryKey())
      .addColumn('at', 'text', (column) => column.notNull())
      .addColumn('actor', 'text', (column) => column.notNull())
      .addColumn('event', 'text', (column) => column.notNull())
      .addColumn('payload', 'text')
      .addColumn('previous', 'text', (column) => column.notNull())
      .addColumn('hash', 'text', (column) => column.notNull().unique())
      .execute()
    await db.schema
      .createTable('payload')
      .addColumn('hash', 'text', (column) => column.primaryKey())
      .addColumn('text', 'text', (column) => column.notNull())
      .execute()
    await db.schema
      .createTable('lease')
      .addColumn('execution', 'text', (column) => column.primaryKey())
      .addColumn('fence', 'integer', (column) => column.notNull())
      .addColumn('pid', 'integer', (column) => column.notNull())
      .addColumn('beat', 'text', (column) => column.notNull())
      .execute()
    for (const table of ['entry', 'payload'])
      for (const act of ['update', 'delete'] as const) await forbid(table, act).execute(db)
  },
}

/** In order; a migration that has been released is never edited. */
export const migrations: Readonly<Record<string, Migration>> = { '0001-journal': journal }
