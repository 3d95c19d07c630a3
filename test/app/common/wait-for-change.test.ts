import { expect, it } from 'vitest'
import { LONGEST_WAIT_SECONDS, waitForChange } from '../../../src/app/common/wait-for-change.ts'
import type { JournalState } from '../../../src/journal/state.ts'
import { proposed } from '../../journal/support/events.ts'
import { problemOf } from '../../safety/support/value-of.ts'
import { appWorld } from '../support/app-world.ts'

const watch = ({ plans }: JournalState): string => String(plans.size)
const DONE = { ok: true, value: null }

it('waits no longer than asked, and never longer than a host waits for a call', async () => {
  for (const [seconds, waited] of [
    [0, 0],
    [3, 3],
    [45, 45],
    [1_000_000, LONGEST_WAIT_SECONDS],
  ] as const) {
    const made = appWorld()
    const before = made.clock.now().monotonic
    expect(await waitForChange({ watch, before: '0', seconds }, made.ports)).toEqual(DONE)
    expect((made.clock.now().monotonic - before) / 1000).toBe(waited)
  }
  expect(LONGEST_WAIT_SECONDS).toBeLessThan(60)
})

it('returns as soon as there is news, also news that came before', async () => {
  const made = appWorld()
  const start = made.clock.now().monotonic
  const sleep = async (ms: number): Promise<void> => {
    await made.clock.sleep(ms)
    if (made.clock.now().monotonic - start === 1000) await made.tell(proposed(), {})
  }
  const ports = { ...made.ports, clock: { ...made.clock, sleep } }
  expect(await waitForChange({ watch, before: '0', seconds: 30 }, ports)).toEqual(DONE)
  expect(made.clock.now().monotonic - start).toBe(1000)
  expect(await waitForChange({ watch, before: '0', seconds: 30 }, ports)).toEqual(DONE)
  expect(made.clock.now().monotonic - start).toBe(1000)
})

it('is called off with its call', async () => {
  const made = appWorld()
  const start = made.clock.now().monotonic
  const { signal } = { signal: AbortSignal.abort() }
  expect(await waitForChange({ watch, before: '0', seconds: 30, signal }, made.ports)).toEqual(DONE)
  expect(made.clock.now().monotonic).toBe(start)
})

it('says so when the journal breaks meanwhile', async () => {
  const made = appWorld()
  await made.tell(proposed(), {})
  made.store.rows.splice(0, 1, { ...(made.store.rows[0] as object), hash: 'f' } as never)
  expect(problemOf(await waitForChange({ watch, before: '1', seconds: 30 }, made.ports)).reason).toBe('journal_broken')
})
