import { describe, expect, it } from 'vitest'
import { dryRunPlan } from '../../../src/app/operator/dry-run.ts'
import { listPlans } from '../../../src/app/operator/list-plans.ts'
import { refusePlan } from '../../../src/app/operator/refuse.ts'
import { approveAtTerminal } from '../../../src/app/operator/approve.ts'
import { applyAtTerminal } from '../../../src/app/operator/apply.ts'
import type { PlanId } from '../../../src/model/ids.ts'
import { stale } from '../../journal/support/events.ts'
import { problemOf, valueOf } from '../../safety/support/value-of.ts'
import { appWorld } from '../support/app-world.ts'
import { phraseOn, scripted } from '../support/scripted-person.ts'

describe("a person's no", () => {
  it('is final, also after a yes that was not used yet', async () => {
    const made = appWorld()
    await made.plan()
    valueOf(await approveAtTerminal(undefined, { person: scripted(phraseOn) }, made.ports))
    expect(valueOf(await refusePlan(undefined, made.ports)).status).toBe('refused')
    expect(problemOf(await applyAtTerminal(undefined, scripted(phraseOn), made.ports)).reason).toBe('plan_refused')
    expect(made.launched).toEqual([])
    expect(problemOf(await refusePlan(undefined, made.ports)).reason).toBe('plan_refused')
  })
  it('is of a plan that there is', async () => {
    expect(problemOf(await refusePlan('p-zzzz', appWorld().ports)).reason).toBe('unknown_id')
  })
})

it('plans are listed with their status as of now, the newest first', async () => {
  const made = appWorld()
  await made.plan()
  made.clock.advance(60 * 60_000 + 1)
  await made.plan({ id: 'p-newe' as PlanId })
  const listed = valueOf(await listPlans(made.ports))
  expect(listed.map(({ plan, status }) => [plan.id, status])).toEqual([
    ['p-newe', 'proposed'],
    ['p-4xyz', 'expired'],
  ])
  made.store.rows.splice(-1, 1, { ...made.store.rows.at(-1), hash: 'f' } as never)
  expect(problemOf(await listPlans(made.ports)).reason).toBe('journal_broken')
})

describe('a dry run', () => {
  it('needs no decision and uses none up', async () => {
    const made = appWorld()
    await made.plan()
    valueOf(await approveAtTerminal(undefined, { person: scripted(phraseOn) }, made.ports))
    expect(valueOf(await dryRunPlan(undefined, made.ports)).checks.length).toBeGreaterThan(0)
    expect((await made.view()).status).toBe('approved')
    expect(made.launched).toEqual([])
  })
  it('of a plan that is no more is refused', async () => {
    const made = appWorld()
    const { plan } = await made.plan()
    await made.tell(stale(plan.id))
    expect(problemOf(await dryRunPlan(undefined, made.ports)).reason).toBe('plan_stale')
    expect(problemOf(await dryRunPlan('p-zzzz', made.ports)).reason).toBe('unknown_id')
  })
})
