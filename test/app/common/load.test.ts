import { describe, expect, it } from 'vitest'
import { loadExecution, loadPlan, loadScan } from '../../../src/app/common/load.ts'
import { recordPlan } from '../../../src/app/common/record-plan.ts'
import type { PlanId } from '../../../src/model/ids.ts'
import { asked, decided, EXECUTION, queued, scanned } from '../../journal/support/events.ts'
import { problemOf, valueOf } from '../../safety/support/value-of.ts'
import { appWorld, freshPlan } from '../support/app-world.ts'

describe('what is loaded', () => {
  it('is the plan as it was recorded, with the digest that was approved and its status now', async () => {
    const made = appWorld()
    const plan = await freshPlan({ at: made.clock.now().wall }, made.cluster)
    valueOf(await recordPlan(plan, { name: 'production' }, made.ports))
    const view = valueOf(await loadPlan('4XYZ', made.ports))
    expect(view).toMatchObject({ digest: plan.digest, plan: plan.plan, status: 'proposed' })
    made.clock.advance(60 * 60_000 + 1)
    expect(valueOf(await loadPlan(plan.plan.id, made.ports)).status).toBe('expired')
  })
  it('is the newest where nothing is named', async () => {
    const made = appWorld()
    await made.plan()
    await made.plan({ id: 'p-newe' as PlanId })
    expect((await made.view()).plan.id).toBe('p-newe')
  })
  it('is nothing that was edited in the store', async () => {
    const made = appWorld()
    const { plan, digest } = await made.plan()
    await made.tell(scanned(), { rows: [] })
    await made.tell(asked({ digest }, plan.id))
    await made.tell(decided({ digest }, plan.id))
    await made.tell(queued({ plan: plan.id, digest, redeemedBy: 'command', tokenHash: null }))
    expect(valueOf(await loadExecution(EXECUTION, made.ports))).toMatchObject({ plan, clusterName: 'production' })
    for (const [hash, text] of made.store.payloads) made.store.payloads.set(hash, `${text} `)
    for (const loaded of [
      await loadPlan(undefined, made.ports),
      await loadScan(undefined, made.ports),
      await loadExecution(undefined, made.ports),
    ])
      expect(problemOf(loaded).reason).toBe('journal_broken')
  })
  it('is nothing where there is none, and where it was looked is said', async () => {
    const made = appWorld()
    for (const loaded of [
      await loadPlan('p-zzzz', made.ports),
      await loadScan('s-zzzz', made.ports),
      await loadExecution('x-zzzz', made.ports),
      await loadPlan(undefined, made.ports),
    ])
      expect(problemOf(loaded)).toMatchObject({ reason: 'unknown_id', message: expect.stringContaining('/the/state') })
  })
})

describe('a plan that is recorded', () => {
  it('is open for as long as its text says, with the level it needs', async () => {
    const made = appWorld()
    const { state, plan } = await made.plan()
    expect(state.facts).toMatchObject({
      openFor: plan.expiresAt - plan.proposedAt,
      requiredLevel: plan.requiredLevel,
      clusterUid: plan.cluster.fingerprint.kubeSystemUid,
      blocked: false,
      steps: [{ workload: 'shop/deployment/web' }, { workload: 'shop/deployment/api' }],
    })
  })
  it('with a blocking check is blocked', async () => {
    const made = appWorld()
    const plan = await freshPlan({ at: made.clock.now().wall }, made.cluster)
    for (const verdict of ['block', 'unknown'] as const) {
      const id = `p-${verdict}` as PlanId
      const check = { check: 'c', verdict, subject: 'plan', message: 'm', next: 'n' }
      const blocked = { ...plan, plan: { ...plan.plan, id, checks: [check] } }
      expect(valueOf(await recordPlan(blocked, { name: 'production' }, made.ports)).phase.kind).toBe('blocked')
    }
  })
  it('is recorded once', async () => {
    const made = appWorld()
    await made.plan()
    const again = await freshPlan({ at: made.clock.now().wall }, made.cluster)
    expect(problemOf(await recordPlan(again, { name: 'production' }, made.ports)).reason).toBe('illegal_transition')
  })
})
