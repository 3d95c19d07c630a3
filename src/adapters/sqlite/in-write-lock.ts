import { sql, type Kysely } from 'kysely'

/** Runs `work` in one transaction that is the only writer from its beginning; what is thrown takes all of it back. */
export async function inWriteLock<Schema, Value>(
  db: Kysely<Schema>,
  work: (connection: Kysely<Schema>) => Promise<Value>,
): Promise<Value> {
  return await db.connection().execute(async (connection) => {
    // Not a deferred transaction: read-then-append would fail BUSY as soon as there is a second writer.
    await sql`begin immediate`.execute(connection)
    try {
      const value = await work(connection)
      await sql`commit`.execute(connection)
      return value
    } catch (error) {
      await sql`rollback`.execute(connection).catch(() => undefined)
      throw error
    }
  })
}
