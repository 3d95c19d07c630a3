import type { Kysely } from 'kysely'
import { canonicalJson } from '../../model/canonical-json.ts'
import type { Moment } from '../../model/moment.ts'
import { failed, ok } from '../../model/result.ts'
import type { LeaseStore } from '../../ports/lease-store.ts'
import { storeProblem } from './database.ts'
import type { Schema } from './schema.ts'

/** Signs of life of workers, beside the journal. */
export function sqliteLeaseStore(db: Kysely<Schema>): LeaseStore {
  return {
    async beat({ execution, fence, pid, beat }) {
      const row = { execution, fence, pid, beat: canonicalJson(beat) }
      try {
        await db
          .insertInto('lease')
          .values(row)
          .onConflict((on) => on.column('execution').doUpdateSet(row).where('lease.fence', '<=', fence))
          .execute()
        return ok(null)
      } catch (error) {
        return failed(storeProblem(error))
      }
    },
    async read(execution) {
      try {
        const row = await db.selectFrom('lease').selectAll().where('execution', '=', execution).executeTakeFirst()
        return ok(row && { execution, fence: row.fence, pid: row.pid, beat: JSON.parse(row.beat) as Moment })
      } catch (error) {
        return failed(storeProblem(error))
      }
    },
  }
}
