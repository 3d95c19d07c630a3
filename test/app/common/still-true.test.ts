import { describe, expect, it } from 'vitest'
import { planCluster, stillTrue } from '../../../src/app/common/still-true.ts'
import { rehearse } from '../../../src/app/common/rehearse.ts'
import type { ExecutionId } from '../../../src/model/ids.ts'
import type { Plan } from '../../../src/model/plan.ts'
import { problem } from '../../../src/model/problem.ts'
import { liveObject } from '../../safety/support/live-object.ts'
import { FINGERPRINT } from '../../safety/support/scan-of.ts'
import { problemOf, valueOf } from '../../safety/support/value-of.ts'
import { appWorld, sameCluster, type AppWorld } from '../support/app-world.ts'

const undoOf = (plan: Plan): Plan => ({ ...plan, purpose: { kind: 'undo', execution: 'x-2abc' as ExecutionId } })
const access = async (made: AppWorld) => valueOf(await made.ports.cluster())

describe('the cluster of a plan', () => {
  it('is found again as it was', async () => {
    const made = appWorld()
    const { plan } = await made.plan()
    expect(await planCluster(plan, await access(made))).toEqual({ ok: true, value: null })
  })
  it.each(['kubeSystemUid', 'apiOrigin', 'caHash', 'serverVersion'] as const)(
    'is another with another %s',
    async (key) => {
      const made = appWorld()
      const { plan } = await made.plan()
      made.connectAs(sameCluster({ fingerprint: { ...FINGERPRINT, [key]: 'another' } }))
      expect(problemOf(await planCluster(plan, await access(made))).reason).toBe('other_cluster')
      // An undo must find its cluster also after an upgrade or through another address: by kube-system alone.
      const undo = await planCluster(undoOf(plan), await access(made))
      if (key === 'kubeSystemUid') expect(problemOf(undo).reason).toBe('other_cluster')
      else expect(undo).toEqual({ ok: true, value: null })
    },
  )
  it('is never one of another source: a DEMO approval means nothing anywhere else', async () => {
    const made = appWorld()
    const { plan } = await made.plan()
    for (const source of ['demo', 'replay'] as const) {
      made.connectAs(made.cluster, source)
      for (const each of [plan, undoOf(plan)])
        expect(problemOf(await planCluster(each, await access(made))).reason).toBe('other_cluster')
    }
  })
})

describe('what is under a plan', () => {
  it('that has not moved is on no record', async () => {
    const made = appWorld()
    const { plan } = await made.plan()
    const before = made.store.rows.length
    expect(await stillTrue(plan, made.ports)).toEqual({ ok: true, value: null })
    expect(made.store.rows).toHaveLength(before)
  })
  it.each([
    ['other requests', liveObject({ containers: { app: { requests: { cpu: '1' } } } })],
    ['another UID', liveObject({ uid: 'uid-anew' })],
    [
      'another image',
      liveObject({ spec: { template: { spec: { containers: [{ name: 'app', image: 'registry.example/app:2' }] } } } }),
    ],
  ])('that has %s makes it stale, for good and on record', async (_, object) => {
    const made = appWorld()
    const { plan } = await made.plan()
    made.cluster.objects.set('deployment/shop/web', object)
    const why = problemOf(await stillTrue(plan, made.ports))
    expect(why).toMatchObject({ reason: 'plan_stale', message: expect.stringContaining('shop/deployment/web') })
    expect((await made.view()).status).toBe('stale')
    made.cluster.objects.set('deployment/shop/web', liveObject())
    expect((await made.view()).status).toBe('stale')
  })
  it('that was deleted makes it stale', async () => {
    const made = appWorld()
    const { plan } = await made.plan()
    made.cluster.objects.delete('deployment/shop/api')
    expect(problemOf(await stillTrue(plan, made.ports)).reason).toBe('plan_stale')
  })
  it('that cannot be read is no answer: the plan is not stale, and not true either', async () => {
    const made = appWorld()
    const { plan } = await made.plan()
    const why = problem('api_forbidden', 'No.', 'Ask.')
    made.connectAs(sameCluster({ workloadProblem: why }))
    expect(problemOf(await stillTrue(plan, made.ports))).toEqual(why)
    expect((await made.view()).status).toBe('proposed')
  })
  it('is looked at on its own cluster only', async () => {
    const made = appWorld()
    const { plan } = await made.plan()
    const other = sameCluster({ fingerprint: { ...FINGERPRINT, kubeSystemUid: 'another' } })
    made.connectAs(other)
    expect(problemOf(await stillTrue(plan, made.ports)).reason).toBe('other_cluster')
    expect(other.asked).toEqual([])
    expect((await made.view()).status).toBe('proposed')
  })
})

describe('a rehearsal', () => {
  it('asks the API server about every request and decides nothing', async () => {
    const made = appWorld()
    const { plan } = await made.plan()
    made.cluster.asked.splice(0)
    const checks = valueOf(await rehearse(plan, made.ports))
    expect(new Set(checks.map(({ verdict }) => verdict))).toEqual(new Set(['pass']))
    expect(made.cluster.asked.filter((each) => each.startsWith('try '))).toHaveLength(2)
    expect((await made.view()).status).toBe('proposed')
  })
  it('of a plan that is stale is refused before the API server is asked to try it', async () => {
    const made = appWorld()
    const { plan } = await made.plan()
    made.cluster.objects.delete('deployment/shop/api')
    made.cluster.asked.splice(0)
    expect(problemOf(await rehearse(plan, made.ports)).reason).toBe('plan_stale')
    expect(made.cluster.asked.filter((each) => each.startsWith('try '))).toEqual([])
  })
})
