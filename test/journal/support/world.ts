import type { JournalEvent } from '../../../src/journal/event.ts'
import { openJournal, type Journal } from '../../../src/journal/journal.ts'
import type { ExecutionState, PlanState } from '../../../src/journal/state.ts'
import type { Problem } from '../../../src/model/problem.ts'
import { ok } from '../../../src/model/result.ts'
import { valueOf } from '../../safety/support/value-of.ts'
import { controlledClock, type ControlledClock } from './controlled-clock.ts'
import { EXECUTION, person, PLAN } from './events.ts'
import { listStore, type ListStore } from './list-store.ts'

/** A real journal over a list, with a clock that a test moves. */
export interface World {
  readonly clock: ControlledClock
  readonly store: ListStore
  readonly journal: Journal
  /** Appends the events one by one; the first problem, or undefined. */
  readonly tell: (...events: readonly JournalEvent[]) => Promise<Problem | undefined>
  /** The same, where nothing may go wrong. */
  readonly must: (...events: readonly JournalEvent[]) => Promise<void>
  readonly plan: (id?: string) => Promise<PlanState>
  readonly execution: (id?: string) => Promise<ExecutionState>
}

/** These come with something bulky. */
const WITH_PAYLOAD: readonly JournalEvent['kind'][] = ['scan_recorded', 'policy_adopted', 'plan_proposed']

export function world(store: ListStore = listStore(), clock: ControlledClock = controlledClock()): World {
  const journal = openJournal(store, clock)
  async function tell(...events: readonly JournalEvent[]): Promise<Problem | undefined> {
    for (const event of events) {
      const payload = WITH_PAYLOAD.includes(event.kind) ? { payload: { of: event.subject } } : {}
      const done = await journal.append(() => ok({ drafts: [{ actor: person, event, ...payload }], value: null }))
      if (!done.ok) return done.problem
    }
    return undefined
  }
  return {
    clock,
    store,
    journal,
    tell,
    async must(...events) {
      const why = await tell(...events)
      if (why) throw new Error(`${why.reason}: ${why.message}`)
    },
    async plan(id = PLAN) {
      const state = valueOf(await journal.state())
      const found = state.plans.get(id as typeof PLAN)
      if (!found) throw new Error(`no plan ${id}`)
      return found
    },
    async execution(id = EXECUTION) {
      const state = valueOf(await journal.state())
      const found = state.executions.get(id as typeof EXECUTION)
      if (!found) throw new Error(`no execution ${id}`)
      return found
    },
  }
}
