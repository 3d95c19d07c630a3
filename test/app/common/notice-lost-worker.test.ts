import { describe, expect, it } from 'vitest'
import { noticeLostWorker } from '../../../src/app/common/notice-lost-worker.ts'
import type { JournalEvent } from '../../../src/journal/event.ts'
import type { Journal } from '../../../src/journal/journal.ts'
import type { ExecutionState } from '../../../src/journal/state.ts'
import { problem } from '../../../src/model/problem.ts'
import { failed } from '../../../src/model/result.ts'
import {
  asked,
  claimed,
  decided,
  ended,
  EXECUTION,
  minted,
  proposed,
  queued,
  work,
} from '../../journal/support/events.ts'
import { problemOf, valueOf } from '../../safety/support/value-of.ts'
import { appWorld, type AppWorld } from '../support/app-world.ts'

const SECONDS = 1_000
const QUEUED: readonly JournalEvent[] = [proposed(), asked(), decided(), minted(), queued()]

async function told(...events: readonly JournalEvent[]): Promise<AppWorld> {
  const made = appWorld()
  for (const event of events) await made.tell(event, {})
  return made
}
async function look(made: AppWorld): Promise<ExecutionState> {
  valueOf(await noticeLostWorker(EXECUTION, made.ports))
  const found = valueOf(await made.journal.state()).executions.get(EXECUTION)
  if (!found) throw new Error('no execution')
  return found
}
const beat = (made: AppWorld, fence = 1): void =>
  void made.leases.set(EXECUTION, { execution: EXECUTION, fence, pid: 7, beat: made.clock.now() })

describe('an execution', () => {
  it('whose worker is alive is left alone', async () => {
    const made = await told(...QUEUED, claimed())
    for (let time = 0; time < 20; time += 1) {
      beat(made)
      made.clock.advance(20 * SECONDS)
      expect((await look(made)).status).toBe('applying')
    }
  })
  it('whose worker has been silent for more than 30 s needs a person, and says why', async () => {
    const made = await told(...QUEUED, claimed(), work('write_intended'))
    beat(made)
    made.clock.advance(30 * SECONDS)
    expect((await look(made)).status).toBe('applying')
    made.clock.advance(1)
    expect(await look(made)).toMatchObject({ status: 'needs_human', why: expect.stringContaining('is gone') })
  })
  it('that no worker ever took needs a person after 30 s', async () => {
    const made = await told(...QUEUED)
    made.clock.advance(30 * SECONDS)
    expect((await look(made)).status).toBe('queued')
    made.clock.advance(1)
    expect((await look(made)).status).toBe('needs_human')
  })
  it.each<[string, (made: AppWorld) => void]>([
    ['the machine was booted anew', ({ clock }) => clock.reboot()],
    ['the wall clock was set back', ({ clock }) => clock.setWall(-1)],
    ['the machine slept', ({ clock }) => clock.setWall(60 * SECONDS)],
  ])('whose worker may be gone because %s needs a person', async (_, pass) => {
    const made = await told(...QUEUED, claimed())
    beat(made)
    pass(made)
    expect((await look(made)).status).toBe('needs_human')
  })
  it('that a slow worker has just claimed is not taken from it before its first sign of life', async () => {
    const made = await told(...QUEUED)
    made.clock.advance(40 * SECONDS)
    await made.tell(claimed())
    expect((await look(made)).status).toBe('applying')
  })
  it('whose worker records something is alive, whatever its lease says', async () => {
    const made = await told(...QUEUED, claimed())
    beat(made)
    made.clock.advance(40 * SECONDS)
    await made.tell(work('write_intended'))
    expect((await look(made)).status).toBe('applying')
    made.clock.advance(31 * SECONDS)
    expect((await look(made)).status).toBe('needs_human')
  })
  it('that a worker claims while it is being looked at is left to it', async () => {
    const made = await told(...QUEUED)
    made.clock.advance(40 * SECONDS)
    const journal: Journal = {
      ...made.journal,
      append: async (decide) => {
        await made.tell(claimed())
        return made.journal.append(decide)
      },
    }
    valueOf(await noticeLostWorker(EXECUTION, { ...made.ports, journal }))
    expect(valueOf(await made.journal.state()).executions.get(EXECUTION)?.status).toBe('applying')
  })
  it('that has ended stays as it ended, and nothing is recorded', async () => {
    const made = await told(...QUEUED, claimed(), ended('holding'))
    made.clock.advance(600 * SECONDS)
    const before = made.store.rows.length
    expect((await look(made)).status).toBe('holding')
    expect(made.store.rows).toHaveLength(before)
  })
  it('is noticed once: two that look at the same moment make one entry', async () => {
    const made = await told(...QUEUED)
    made.clock.advance(31 * SECONDS)
    await Promise.all([noticeLostWorker(EXECUTION, made.ports), noticeLostWorker(EXECUTION, made.ports)])
    expect(made.store.rows.filter(({ event }) => event.kind === 'execution_ended')).toHaveLength(1)
  })
  it('that there is not is nothing to notice', async () => {
    const made = appWorld()
    expect(await noticeLostWorker(EXECUTION, made.ports)).toEqual({ ok: true, value: null })
  })
  it('is not judged while leases or journal cannot be read', async () => {
    const made = await told(...QUEUED)
    made.clock.advance(31 * SECONDS)
    const why = problem('journal_unwritable', 'No.', 'Again.')
    const leases = { ...made.ports.leases, read: () => Promise.resolve(failed(why)) }
    expect(problemOf(await noticeLostWorker(EXECUTION, { ...made.ports, leases }))).toEqual(why)
    made.store.rows.splice(-1, 1, { ...made.store.rows.at(-1), hash: 'f' } as never)
    expect(problemOf(await noticeLostWorker(EXECUTION, made.ports)).reason).toBe('journal_broken')
  })
})
