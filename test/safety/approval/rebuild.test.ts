import { beforeAll, describe, expect, it } from 'vitest'
import { seal, type Entry } from '../../../src/journal/entry.ts'
import { canonicalJson } from '../../../src/model/canonical-json.ts'
import { digestOf, sha256 } from '../../../src/model/hash.ts'
import type { ExecutionId } from '../../../src/model/ids.ts'
import type { Level } from '../../../src/model/level.ts'
import type { CheckResult, DigestedPlan } from '../../../src/model/plan.ts'
import { problem } from '../../../src/model/problem.ts'
import { failed, ok } from '../../../src/model/result.ts'
import { millis } from '../../../src/model/time.ts'
import { isApprovedPlan } from '../../../src/safety/approval/approved-plan.ts'
import { rebuildApproval, type LevelNow } from '../../../src/safety/approval/rebuild.ts'
import { listStore, rechained } from '../../journal/support/list-store.ts'
import { world } from '../../journal/support/world.ts'
import { problemOf, valueOf } from '../support/value-of.ts'
import { realPlan, spent, withChange, type Spent } from './support/approved-world.ts'

const at =
  (level: Level): LevelNow =>
  () =>
    Promise.resolve(ok(level))
const TERMINAL = at('terminal')
let plan: DigestedPlan
let lax: DigestedPlan
beforeAll(async () => {
  plan = await realPlan()
  const clientNamespaces = ['shop']
  lax = await realPlan({ clientNamespaces, revision: digestOf(clientNamespaces), text: '' })
})

/** The same journal with some rows told differently, every hash right again, as another process reads it. */
function retold({ store }: Spent, change: (event: Entry['event'], row: Entry) => Partial<Entry> | undefined) {
  const rows = store.rows.map((row) => ({ ...row, ...change(row.event, row) }))
  return world(listStore(rechained(rows), store.payloads)).journal
}
const withFacts = (event: Entry['event'], facts: object): Partial<Entry> => ({
  event: { ...event, facts: { ...event.facts, ...facts } } as Entry['event'],
})

describe('from a journal in which a person said yes', () => {
  it('the approved plan is made again, whole, as often as a worker needs it', async () => {
    const { journal, id } = await spent(plan)
    for (let time = 0; time < 2; time += 1) {
      const approved = valueOf(await rebuildApproval(id, journal, TERMINAL))
      expect(isApprovedPlan(approved)).toBe(true)
      expect(approved.plan).toEqual(plan.plan)
      expect(approved).toMatchObject({ digest: plan.digest, execution: id, decision: { answer: 'approved' } })
    }
  })
  it('another process makes it again too: nothing but the journal is needed', async () => {
    const { store, id } = await spent(plan)
    const { journal } = world(listStore(store.rows, store.payloads))
    expect(valueOf(await rebuildApproval(id, journal, TERMINAL)).digest).toBe(plan.digest)
  })
  it('a yes through the client is enough where plan and policy say so', async () => {
    expect(lax.plan.requiredLevel).toBe('client')
    const { journal, id } = await spent(lax, { channel: 'client' })
    expect(valueOf(await rebuildApproval(id, journal, at('client'))).decision.level).toBe('client')
  })
})

describe('it is refused when', () => {
  const refused = (message: RegExp) => ({ reason: 'not_approved', message: expect.stringMatching(message) as string })

  it('the execution is another, or there is none', async () => {
    const { journal } = await spent(plan)
    for (const id of ['x-3def', 'p-4xyz', '', 'constructor'])
      expect(problemOf(await rebuildApproval(id as ExecutionId, journal, TERMINAL))).toMatchObject(
        refused(/No approved plan was spent on/),
      )
  })
  it('the policy has become stricter since', async () => {
    const { journal, id } = await spent(lax, { channel: 'client' })
    for (const level of ['terminal', 'passphrase', 'passkey', 'two-person'] as const)
      expect(problemOf(await rebuildApproval(id, journal, at(level)))).toMatchObject(
        refused(/needs a decision at level/),
      )
  })
  it('the policy cannot be read', async () => {
    const { journal, id } = await spent(plan)
    const why = problem('policy_invalid', 'No.', 'Correct it.')
    expect(problemOf(await rebuildApproval(id, journal, () => Promise.resolve(failed(why))))).toEqual(why)
  })
  it('the stored plan was edited', async () => {
    const made = await spent(plan)
    const [hash] = [...made.store.payloads].find(([, text]) => text.includes('uid-2')) ?? ['']
    made.store.payloads.set(hash, made.store.payloads.get(hash)?.replaceAll('250m', '900m') ?? '')
    expect(problemOf(await rebuildApproval(made.id, made.journal, TERMINAL)).reason).toBe('journal_broken')
  })
  it('the stored plan is gone', async () => {
    const made = await spent(plan)
    made.store.payloads.clear()
    expect(problemOf(await rebuildApproval(made.id, made.journal, TERMINAL)).reason).toBe('journal_broken')
  })
  it('another plan was put in its place, with a right hash', async () => {
    const other = withChange(plan, { steps: plan.plan.steps.slice(1) })
    const made = await spent(plan, { stored: other.plan })
    expect(problemOf(await rebuildApproval(made.id, made.journal, TERMINAL))).toMatchObject(
      refused(/digest was made of/),
    )
  })
  it('another plan was put in its place afterwards, with all hashes of the journal right', async () => {
    const made = await spent(plan)
    const text = canonicalJson(withChange(plan, { steps: plan.plan.steps.slice(1) }).plan)
    made.store.payloads.set(sha256(text), text)
    const journal = retold(made, ({ kind }) => (kind === 'plan_proposed' ? { payload: sha256(text) } : undefined))
    expect(problemOf(await rebuildApproval(made.id, journal, TERMINAL))).toMatchObject(refused(/digest was made of/))
  })
  it('the plan is none at all, before anything is read out of it', async () => {
    const reading: LevelNow = (stored) => Promise.resolve(ok(stored.steps.length > 0 ? 'terminal' : 'client'))
    for (const stored of [null, 'a text', {}, { steps: [] }]) {
      const made = await spent(plan, { stored })
      expect(problemOf(await rebuildApproval(made.id, made.journal, reading)).reason).toBe('not_approved')
    }
  })
  it('the decision on record is about another text, or is no yes, or came from a weaker place', async () => {
    const made = await spent(plan)
    for (const change of [
      { digest: 'f'.repeat(64) },
      { plan: 'p-evil' },
      { answer: 'refused' },
      { level: 'client' },
      { level: 'passkey' },
      { channel: 'client' },
      { question: null },
      { promptHash: 'another' },
    ]) {
      const journal = retold(made, (event) =>
        event.kind === 'decision_recorded'
          ? withFacts(event, { decision: { ...event.facts.decision, ...change } })
          : undefined,
      )
      expect(problemOf(await rebuildApproval(made.id, journal, TERMINAL)).reason).toBe('journal_broken')
    }
  })
  it('the record says a weaker level than the plan, so that a weaker yes could pass', async () => {
    const made = await spent(plan, { channel: 'client', facts: { requiredLevel: 'client' } })
    expect(problemOf(await rebuildApproval(made.id, made.journal, at('client'))).reason).toBe('not_approved')
  })
  it('the plan has a blocking check, whatever the record says', async () => {
    const check: CheckResult = { check: 'c', verdict: 'unknown', subject: 'plan', message: 'm', next: 'n' }
    const made = await spent(withChange(plan, { checks: [check] }), { facts: { blocked: false } })
    expect(problemOf(await rebuildApproval(made.id, made.journal, TERMINAL))).toMatchObject(refused(/blocking checks/))
  })
  it('the record gives it more time to write than the plan that was shown', async () => {
    const made = await spent(plan, { deadline: millis(plan.plan.executionDeadline + 1) })
    expect(problemOf(await rebuildApproval(made.id, made.journal, TERMINAL))).toMatchObject(refused(/another deadline/))
  })
  it('the record kept it open for longer than the plan that was shown', async () => {
    const openFor = millis(plan.plan.expiresAt - plan.plan.proposedAt + 1)
    const made = await spent(plan, { facts: { openFor } })
    expect(problemOf(await rebuildApproval(made.id, made.journal, TERMINAL))).toMatchObject(refused(/open for/))
  })
  it('the record names other workloads than the plan, so that they would not be kept from others', async () => {
    for (const steps of [
      [],
      [{ workload: 'shop/deployment/web', title: '' }],
      [
        { workload: 'a', title: '' },
        { workload: 'b', title: '' },
      ],
    ]) {
      const made = await spent(plan, { facts: { steps } })
      expect(problemOf(await rebuildApproval(made.id, made.journal, TERMINAL))).toMatchObject(
        refused(/other workloads/),
      )
    }
  })
  it('the journal is broken anywhere, also after the decision', async () => {
    const made = await spent(plan)
    const last = made.store.rows.at(-1) as Entry
    const extra = seal({ ...last, seq: last.seq + 1, previous: 'f'.repeat(64) })
    const { journal } = world(listStore([...made.store.rows, extra], made.store.payloads))
    expect(problemOf(await rebuildApproval(made.id, journal, TERMINAL)).reason).toBe('journal_broken')
  })
})
