import { sql } from 'kysely'
import { expect, it } from 'vitest'
import { sqliteLeaseStore } from '../../../src/adapters/sqlite/lease-store.ts'
import { controlledClock } from '../../journal/support/controlled-clock.ts'
import { EXECUTION } from '../../journal/support/events.ts'
import { problemOf, valueOf } from '../../safety/support/value-of.ts'
import { journalPath, openSqlite } from './support/open-sqlite.ts'

async function leases() {
  const db = await openSqlite((await journalPath()).file)
  return { db, store: sqliteLeaseStore(db), clock: controlledClock() }
}
const lease = (fence: number, beat: ReturnType<ReturnType<typeof controlledClock>['now']>) => ({
  execution: EXECUTION,
  fence,
  pid: 7,
  beat,
})

it('an execution without a worker has no lease', async () => {
  const { store } = await leases()
  expect(valueOf(await store.read(EXECUTION))).toBeUndefined()
})

it('the last sign of life is what is read, all clocks of it', async () => {
  const { store, clock } = await leases()
  valueOf(await store.beat(lease(1, clock.now())))
  clock.advance(5_000)
  valueOf(await store.beat(lease(1, clock.now())))
  expect(valueOf(await store.read(EXECUTION))).toEqual(lease(1, clock.now()))
  clock.advance(5_000)
  valueOf(await store.beat(lease(2, clock.now())))
  expect(valueOf(await store.read(EXECUTION))).toEqual(lease(2, clock.now()))
})

it('a worker that lost its claim gives no sign of life for the one that has it', async () => {
  const { store, clock } = await leases()
  const current = lease(2, clock.now())
  valueOf(await store.beat(current))
  clock.advance(60_000)
  await store.beat(lease(1, clock.now()))
  expect(valueOf(await store.read(EXECUTION))).toEqual(current)
})

it('a store that cannot be used is a sentence', async () => {
  const { store, db, clock } = await leases()
  await sql`pragma query_only = on`.execute(db)
  expect(problemOf(await store.beat(lease(1, clock.now()))).reason).toBe('journal_unwritable')
  await sql`pragma query_only = off`.execute(db)
  await sql`insert into lease values (${EXECUTION}, 1, 7, 'no JSON')`.execute(db)
  expect(problemOf(await store.read(EXECUTION)).reason).toBe('journal_unwritable')
})
