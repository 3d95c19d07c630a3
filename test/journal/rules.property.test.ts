import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Entry } from '../../src/journal/entry.ts'
import type { JournalEvent } from '../../src/journal/event.ts'
import { openJournal } from '../../src/journal/journal.ts'
import { LEVELS } from '../../src/model/level.ts'
import type { Moment } from '../../src/model/moment.ts'
import { valueOf } from '../safety/support/value-of.ts'
import { controlledClock } from './support/controlled-clock.ts'
import { listStore } from './support/list-store.ts'
import { happenings, tellAll } from './support/random-story.ts'

const RUNS = { seed: 20261124, numRuns: 4000, endOnFailure: true }

type Kind = JournalEvent['kind']
type Of<K extends Kind> = Extract<JournalEvent, { kind: K }>
interface Past {
  readonly entry: Entry
  readonly before: readonly Entry[]
}

/** The whole history before each entry, so that a rule can be stated about what must have come before. */
const pasts = (accepted: readonly Entry[]): readonly Past[] =>
  accepted.map((entry, index) => ({ entry, before: accepted.slice(0, index) }))
const of = <K extends Kind>(entries: readonly Entry[], kind: K, subject: string): { event: Of<K>; at: Moment }[] =>
  entries.flatMap(({ event, at }) =>
    event.kind === kind && event.subject === subject ? [{ event: event as Of<K>, at }] : [],
  )

/** Written down once more, from the design and not from the code: in doubt it is over. */
const inTime = (from: Moment, now: Moment, limit: number): boolean =>
  from.boot === now.boot &&
  now.wall >= from.wall &&
  now.wall - from.wall <= limit &&
  now.monotonic - from.monotonic <= limit

function checkYes(event: Of<'decision_recorded'>, at: Moment, before: readonly Entry[]): void {
  const plan = event.subject
  const [proposal] = of(before, 'plan_proposed', plan)
  const { decision } = event.facts
  const question = of(before, 'question_asked', plan).at(-1)
  expect(proposal).toBeDefined()
  expect(question).toBeDefined()
  if (!proposal || !question) return
  const { facts } = question.event
  expect(facts.question).toBe(decision.question)
  expect(inTime(question.at, at, facts.openFor)).toBe(true)
  expect(of(before, 'question_closed', plan).map((each) => each.event.facts.question)).not.toContain(facts.question)
  expect([facts.channel, facts.promptHash, facts.digest]).toEqual([
    decision.channel,
    decision.promptHash,
    decision.digest,
  ])
  expect([decision.plan, decision.digest]).toEqual([plan, proposal.event.facts.digest])
  expect(decision.level).toBe(decision.channel)
  expect(LEVELS.indexOf(decision.level)).toBeGreaterThanOrEqual(LEVELS.indexOf(proposal.event.facts.requiredLevel))
  expect(proposal.event.facts.blocked).toBe(false)
  expect(inTime(proposal.at, at, proposal.event.facts.openFor)).toBe(true)
}

/** The one yes of a plan, still good. */
function checkApproved(plan: string, at: Moment, before: readonly Entry[]): void {
  const decisions = of(before, 'decision_recorded', plan)
  expect(decisions.map((each) => each.event.facts.decision.answer)).toEqual(['approved'])
  expect(of(before, 'plan_stale', plan)).toEqual([])
  const [yes] = decisions
  if (yes) expect(inTime(yes.at, at, yes.event.facts.approvedFor)).toBe(true)
}

function checkQueued(event: Of<'execution_queued'>, at: Moment, before: readonly Entry[]): void {
  const { plan, tokenHash, redeemedBy, digest } = event.facts
  checkApproved(plan, at, before)
  const executions = before.flatMap((each) => (each.event.kind === 'execution_queued' ? [each.event] : []))
  expect(executions.map((each) => each.facts.plan)).not.toContain(plan)
  expect(executions.map((each) => each.subject)).not.toContain(event.subject)
  const [proposal] = of(before, 'plan_proposed', plan)
  expect(digest).toBe(proposal?.event.facts.digest)
  if (redeemedBy === 'token') {
    const token = of(before, 'token_minted', plan).at(-1)
    expect(token?.event.facts.tokenHash).toBe(tokenHash)
    if (token) expect(inTime(token.at, at, token.event.facts.validFor)).toBe(true)
  }
  const unfinished = executions.filter((each) => of(before, 'execution_ended', each.subject).length === 0)
  const busy = unfinished.flatMap((each) => of(before, 'plan_proposed', each.facts.plan)[0]?.event.facts.steps ?? [])
  const mine = proposal?.event.facts.steps.map(({ workload }) => workload) ?? []
  expect(busy.filter(({ workload }) => mine.includes(workload))).toEqual([])
}

function checkOfExecution(event: JournalEvent, at: Moment, before: readonly Entry[]): void {
  const id = event.subject
  const [queued] = of(before, 'execution_queued', id)
  expect(queued, 'queued before').toBeDefined()
  expect(of(before, 'execution_ended', id), 'not after the end').toEqual([])
  const claims = of(before, 'execution_claimed', id)
  if (event.kind === 'execution_claimed') expect(event.facts.fence).toBe(claims.length + 1)
  else if ('fence' in event.facts && event.facts.fence !== null) {
    expect(claims.length, 'claimed before').toBeGreaterThan(0)
    expect(event.facts.fence).toBe(claims.at(-1)?.event.facts.fence)
  }
  const forStep = (kind: 'write_intended' | 'write_skipped' | 'undo_intended' | 'undo_taken', step: number) =>
    of(before, kind, id).filter(({ event: each }) => 'step' in each.facts && each.facts.step === step)
  if (event.kind === 'write_intended' && queued) {
    const { step } = event.facts
    expect([...forStep('write_intended', step), ...forStep('write_skipped', step)]).toEqual([])
    expect(of(before, 'stop_requested', id)).toEqual([])
    expect(of(before, 'rollback_started', id)).toEqual([])
    expect(inTime(queued.at, at, queued.event.facts.deadline)).toBe(true)
  }
  if (event.kind === 'undo_intended') {
    expect(of(before, 'rollback_started', id)).toHaveLength(1)
    expect(forStep('write_intended', event.facts.step)).toHaveLength(1)
    expect(forStep('undo_taken', event.facts.step)).toEqual([])
  }
  if (event.kind === 'execution_ended' && event.facts.fence === null) expect(event.facts.status).toBe('needs_human')
}

describe('whatever happens in whatever order, the rules let through', () => {
  it('no yes without its question, no token without a yes, no execution without either, no write out of turn', () => {
    const seen = new Map<Kind, number>()
    const refused = new Map<Kind, number>()
    const count = (into: Map<Kind, number>, kind: Kind): void => void into.set(kind, (into.get(kind) ?? 0) + 1)
    fc.assert(
      fc.property(happenings, (story) => {
        const told = tellAll(story)
        told.refused.forEach(({ kind }) => count(refused, kind))
        for (const { entry, before } of pasts(told.accepted)) {
          const { event, at } = entry
          count(seen, event.kind)
          if (event.kind === 'decision_recorded' && event.facts.decision.answer === 'approved')
            checkYes(event, at, before)
          if (event.kind === 'token_minted') checkApproved(event.subject, at, before)
          if (event.kind === 'execution_queued') checkQueued(event, at, before)
          else if (event.subject.startsWith('x-')) checkOfExecution(event, at, before)
        }
      }),
      RUNS,
    )
    // The test is worth something only where each kind both got through and was refused, often.
    const kinds = [...seen.keys()].filter((kind) => kind !== 'scan_recorded')
    expect(kinds).toHaveLength(24)
    for (const kind of kinds) {
      expect(seen.get(kind), `${kind} let through`).toBeGreaterThan(5)
      expect(refused.get(kind), `${kind} refused`).toBeGreaterThan(5)
    }
    expect(seen.get('execution_queued')).toBeGreaterThan(500)
  })
  it('at most one execution per plan, ever, and only of a plan with a yes', () => {
    fc.assert(
      fc.property(happenings, (story) => {
        const { state } = tellAll(story)
        for (const plan of state.plans.values())
          if (plan.phase.kind === 'applied') {
            expect(plan.phase.decision.answer).toBe('approved')
            expect(state.executions.get(plan.phase.execution)?.plan).toBe(plan.id)
          }
        const spent = [...state.executions.values()].map(({ plan }) => plan)
        expect(new Set(spent).size).toBe(spent.length)
      }),
      { ...RUNS, numRuns: 1000 },
    )
  })
  it('the same state to whoever reads it later', async () => {
    await fc.assert(
      fc.asyncProperty(happenings, async (story) => {
        const { accepted, state } = tellAll(story)
        const read = valueOf(await openJournal(listStore(accepted), controlledClock()).state())
        expect(read).toEqual(state)
      }),
      { ...RUNS, numRuns: 200 },
    )
  })
})
