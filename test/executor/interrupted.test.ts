import { expect, it } from 'vitest'
import { execute } from '../../src/executor/execute.ts'
import type { EntryStore } from '../../src/journal/entry-store.ts'
import { openJournal, type Journal } from '../../src/journal/journal.ts'
import { problem } from '../../src/model/problem.ts'
import { failed, ok } from '../../src/model/result.ts'
import { memoryEntryStore } from '../harness/memory-entry-store.ts'
import { queuedExecution } from '../harness/queued-execution.ts'
import { NEW, stepFor } from './support/objects.ts'
import { planOf } from './support/plan-of.ts'
import { story, type Story } from './support/story.ts'

/** Entries of the story below, and some more: from a number on that is never reached, the story ends well. */
const ENTRIES = Array.from({ length: 32 }, (_, at) => at + 1)
const MANY = ENTRIES.length

interface Interrupted {
  readonly result: Awaited<ReturnType<typeof execute>>
  /** Requests sent until the interruption, and half a day later. */
  readonly sentUntil: number
  readonly sentAfter: number
  readonly entries: number
}

/** One workload that is OOM-killed and one that is well, interrupted at one entry of the journal. */
async function interruptedAt(
  entry: number,
  interrupt: (store: EntryStore, told: Story) => { store: EntryStore; armed: () => boolean },
): Promise<Interrupted> {
  const told = story()
  const { cluster, clock, ports } = told
  const bad = cluster.deploy('bad', ({ limits }) => (limits?.['memory'] === NEW.limits?.['memory'] ? 'oom' : 'fine'))
  const steps = [bad, cluster.deploy('good')].map((object, at) => stepFor(object, { step: at + 1 }))
  const plain = memoryEntryStore()
  const approved = await queuedExecution(openJournal(plain, clock), planOf(steps))
  const already = (await length(plain)) + entry - 1
  let sentUntil = Number.NaN
  const { store, armed } = interrupt(plain, told)
  const watched: EntryStore = {
    ...store,
    exclusively: async (work) => {
      const due = (await length(plain)) >= already
      const done = await (due ? store : plain).exclusively(work)
      if (due && armed() && Number.isNaN(sentUntil)) sentUntil = cluster.sent.length
      return done
    },
  }
  const journal: Journal = openJournal(watched, clock)
  const result = await execute(approved, ports({ journal }))
  await clock.sleep(12 * 3_600_000)
  return { result, sentUntil, sentAfter: cluster.sent.length, entries: (await length(plain)) - already + entry - 1 }
}

async function length(store: EntryStore): Promise<number> {
  const all = await store.after(0)
  return all.ok ? all.value.length : Number.NaN
}

it.each(ENTRIES)('sends nothing more once entry %i cannot be written', async (entry) => {
  const full = (store: EntryStore) => {
    let refused = false
    const exclusively: EntryStore['exclusively'] = (work) =>
      store.exclusively(async (seen) => {
        const done = await work(seen)
        if (!done.ok || done.value.entries.length === 0) return done
        refused = true
        return failed(problem('journal_unwritable', 'The disk is full.', 'Make room.'))
      })
    return { store: { ...store, exclusively }, armed: () => refused }
  }
  const { result, sentUntil, sentAfter, entries } = await interruptedAt(entry, full)
  if (entries >= entry) throw new Error('the refused entry was written')
  if (result.ok) {
    // The story was over before: this entry was never due.
    expect([result.value, entry > 15 && entry < MANY + 1]).toEqual(['partly_applied', true])
    return
  }
  expect(result.problem.reason).toBe('journal_unwritable')
  expect(sentAfter).toBe(sentUntil)
})

it.each(ENTRIES)('sends nothing more once another worker took over after entry %i', async (entry) => {
  const taken = (store: EntryStore, { clock, ports }: Story) => {
    let stolen = false
    const other = openJournal(store, clock)
    const exclusively: EntryStore['exclusively'] = async (work) => {
      const done = await store.exclusively(work)
      if (stolen) return done
      stolen = true
      await other.append((state) => {
        const [execution] = state.executions.values()
        if (!execution) throw new Error('no execution')
        const facts = { fence: execution.fence + 1, pid: 9, host: 'other' }
        const event = { kind: 'execution_claimed' as const, subject: execution.id, facts }
        return ok({ drafts: [{ actor: ports().actor, event }], value: null })
      })
      return done
    }
    return { store: { ...store, exclusively }, armed: () => stolen }
  }
  const { result, sentUntil, sentAfter } = await interruptedAt(entry, taken)
  if (result.ok) {
    expect(['partly_applied', entry > 15]).toEqual([result.value, true])
    return
  }
  expect(result.problem.reason).toBe('lease_lost')
  expect(sentAfter).toBe(sentUntil)
})
