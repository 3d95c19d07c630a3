import { describe, expect, it } from 'vitest'
import { spend } from '../../../src/app/common/spend.ts'
import type { PlanView } from '../../../src/app/common/load.ts'
import type { Channel } from '../../../src/model/decision.ts'
import { problem } from '../../../src/model/problem.ts'
import { failed } from '../../../src/model/result.ts'
import { adopted, asked, decided, minted, TOKEN } from '../../journal/support/events.ts'
import { liveObject } from '../../safety/support/live-object.ts'
import { FINGERPRINT } from '../../safety/support/scan-of.ts'
import { problemOf, valueOf } from '../../safety/support/value-of.ts'
import { appWorld, OPEN_SHOP, policyOf, sameCluster, type AppWorld } from '../support/app-world.ts'

const COMMAND = { by: 'command' } as const
const MINUTE = 60_000

async function approved(channel: Channel = 'terminal'): Promise<{ made: AppWorld; view: PlanView }> {
  const made = appWorld()
  if (channel === 'client') {
    made.policyFile(OPEN_SHOP)
    await made.tell(adopted({ revision: policyOf(OPEN_SHOP).revision }), {})
  }
  const { plan, digest } = await made.plan(channel === 'client' ? { policy: policyOf(OPEN_SHOP) } : {})
  await made.tell(asked({ digest, channel }, plan.id))
  await made.tell(decided({ digest, channel, level: channel }, plan.id))
  await made.tell(minted({}, plan.id))
  return { made, view: await made.view() }
}
async function expectNothingStarted({ journal, launched }: AppWorld): Promise<void> {
  expect(launched).toEqual([])
  const state = await journal.state()
  if (state.ok) expect(state.value.executions.size).toBe(0)
}

describe('a decision that is spent', () => {
  it('starts one worker for one execution of that plan', async () => {
    const { made, view } = await approved()
    const { execution, plan } = valueOf(await spend(view, COMMAND, made.ports))
    expect(plan).toEqual(view.plan)
    expect(execution).toMatchObject({ plan: view.plan.id, digest: view.digest, status: 'queued' })
    expect(execution.deadline).toBe(view.plan.executionDeadline)
    expect(made.launched).toEqual([execution.id])
  })
  it('is spent once, by whomever: of several at once one starts a worker', async () => {
    const { made, view } = await approved()
    const all = await Promise.all([1, 2, 3].map(() => spend(view, COMMAND, made.ports)))
    expect(all.filter((each) => each.ok)).toHaveLength(1)
    expect(made.launched).toHaveLength(1)
    expect(problemOf(await spend(await made.view(), COMMAND, made.ports)).reason).toBe('plan_applied')
  })
  it('is on record even if its worker does not start: it waits for a person, nobody tries again by themselves', async () => {
    const { made, view } = await approved()
    const why = problem('api_error', 'No worker.', 'Start it.')
    made.launches(failed(why))
    expect(problemOf(await spend(view, COMMAND, made.ports))).toEqual(why)
    expect((await made.view()).status).toBe('applied')
    expect(problemOf(await spend(await made.view(), COMMAND, made.ports)).reason).toBe('plan_applied')
  })
})

describe('nothing is started', () => {
  it('without a yes', async () => {
    const made = appWorld()
    expect(problemOf(await spend(await made.plan(), COMMAND, made.ports)).reason).toBe('not_approved')
    await expectNothingStarted(made)
  })
  it('with a token that is not the one of the plan', async () => {
    const { made, view } = await approved()
    for (const token of ['krr-guessed', TOKEN, ''])
      expect(problemOf(await spend(view, { by: 'token', token }, made.ports)).reason).toBe('token_unknown')
    await expectNothingStarted(made)
  })
  it('when the yes is too old', async () => {
    const { made, view } = await approved()
    made.clock.advance(15 * MINUTE + 1)
    expect(problemOf(await spend(view, COMMAND, made.ports)).reason).toBe('plan_expired')
    await expectNothingStarted(made)
  })
  it('when the policy has become stricter than the yes', async () => {
    for (const stricter of [null, 'client_namespaces: []\n']) {
      const { made, view } = await approved('client')
      made.policyFile(stricter)
      if (stricter !== null) await made.tell(adopted({ revision: policyOf(stricter).revision }), {})
      expect(problemOf(await spend(view, COMMAND, made.ports))).toMatchObject({
        reason: 'level_not_available',
        message: expect.stringContaining('now demands a decision at level terminal'),
      })
      await expectNothingStarted(made)
    }
  })
  it('when the policy file was edited or removed since', async () => {
    for (const edited of ['client_namespaces: [shop, more]\n', problem('policy_invalid', 'Gone.', 'Put it back.')]) {
      const { made, view } = await approved('client')
      made.policyFile(edited)
      expect(problemOf(await spend(view, COMMAND, made.ports)).reason).toMatch(/^policy_/)
      await expectNothingStarted(made)
    }
  })
  it('when the world under the plan has moved; the plan is stale from then on', async () => {
    const { made, view } = await approved()
    const changed = liveObject({ containers: { app: { requests: { cpu: '1' } } } })
    made.cluster.objects.set('deployment/shop/web', changed)
    expect(problemOf(await spend(view, COMMAND, made.ports)).reason).toBe('plan_stale')
    expect((await made.view()).status).toBe('stale')
    await expectNothingStarted(made)
  })
  it('when this is another cluster, or another kind of one', async () => {
    for (const change of [
      { kubeSystemUid: 'another' },
      { apiOrigin: 'https://elsewhere.example' },
      { caHash: 'system' },
      { serverVersion: 'v1.37.0' },
    ]) {
      const { made, view } = await approved()
      made.connectAs(sameCluster({ fingerprint: { ...FINGERPRINT, ...change } }))
      expect(problemOf(await spend(view, COMMAND, made.ports)).reason).toBe('other_cluster')
      await expectNothingStarted(made)
    }
    for (const source of ['demo', 'replay'] as const) {
      const { made, view } = await approved()
      made.connectAs(made.cluster, source)
      expect(problemOf(await spend(view, COMMAND, made.ports)).reason).toBe('other_cluster')
      await expectNothingStarted(made)
    }
  })
  it('when the cluster cannot be reached or read', async () => {
    const why = problem('api_unreachable', 'No.', 'Again.')
    for (const cluster of [why, sameCluster({ fingerprintProblem: why }), sameCluster({ workloadProblem: why })]) {
      const { made, view } = await approved()
      made.connectAs(cluster)
      expect(problemOf(await spend(view, COMMAND, made.ports))).toEqual(why)
      expect((await made.view()).status).toBe('approved')
      await expectNothingStarted(made)
    }
  })
  it('when anything in the journal was edited, also long ago and under a running process', async () => {
    const { made, view } = await approved()
    valueOf(await made.journal.state())
    const [first] = made.store.rows
    made.store.rows[0] = { ...first, actor: { kind: 'person', osUser: 'eve', host: 'desk' } } as never
    expect(problemOf(await spend(view, COMMAND, made.ports)).reason).toBe('journal_broken')
    expect(made.launched).toEqual([])
    expect(made.store.rows.map(({ event }) => event.kind)).not.toContain('execution_queued')
  })
})
