import { afterAll, beforeAll, expect, it } from 'vitest'
import type { ExecutionId } from '../../../src/model/ids.ts'
import { blocks, type DigestedPlan, type PlanStep } from '../../../src/model/plan.ts'
import { lookObject, lookText } from '../../../src/safety/checks/look.ts'
import { makePlan } from '../../../src/safety/plan/make-plan.ts'
import { makeUndoPlan } from '../../../src/safety/plan/make-undo-plan.ts'
import { templateContainers } from '../../../src/safety/plan/pod-template.ts'
import { whatMoved } from '../../../src/safety/plan/what-moved.ts'
import { describeReal } from '../../harness/describe-real.ts'
import { makeNamespace } from '../../harness/make-namespace.ts'
import { waitForRollout } from '../../harness/wait-for-rollout.ts'
import { plannedWorld, type PlannedWorld } from '../support/planned-world.ts'
import { rowOf, scanOf } from '../support/scan-of.ts'
import { problemOf, valueOf } from '../support/value-of.ts'
import { FRAME, wishOf } from '../support/wish-of.ts'
import { workloadManifest } from '../support/workload-manifest.ts'

describeReal('undoing an execution on a real API server', (controlPlane) => {
  let world: PlannedWorld
  let namespace: string
  beforeAll(async () => {
    world = await plannedWorld(controlPlane)
    namespace = await makeNamespace(world.api, 'undo')
  })
  afterAll(async () => await world.close())

  /** A Deployment that was changed by a plan. */
  async function executed(name: string, resources: object) {
    const made = await world.create(
      namespace,
      'Deployment',
      workloadManifest('Deployment', { name, containers: { app: resources } }),
    )
    await waitForRollout(world.api, namespace, { name })
    const uid = lookText(made, 'metadata', 'uid') ?? ''
    const scan = scanOf([rowOf({ namespace, name, uid })], { fingerprint: world.fingerprint })
    const forward = valueOf(await makePlan(wishOf(scan), world.ports))
    const step = forward.plan.steps[0] as PlanStep
    expect(await world.send(step.request)).toMatchObject({ status: 200 })
    const live = () => world.live(step.target)
    const undoPlan = () =>
      makeUndoPlan({ ...FRAME, execution: 'x-2abc' as ExecutionId, forward, written: [1] }, world.ports)
    return { forward, step, live, undoPlan, made }
  }
  const blocking = ({ plan }: DigestedPlan) => plan.checks.filter(blocks)
  const edit = async (name: string, operations: readonly object[]): Promise<void> => {
    const path = `/apis/apps/v1/namespaces/${namespace}/deployments/${name}?fieldManager=kubectl-edit`
    const contentType = 'application/json-patch+json'
    const answer = await world.api.request({ method: 'PATCH', path, contentType, body: operations })
    expect(answer.status).toBe(200)
  }
  const RESOURCES = '/spec/template/spec/containers/0/resources'

  it('restores the workload to the letter while the rollout is still running, and can be undone in turn', async () => {
    const { undoPlan, live, made } = await executed('back', { requests: { cpu: '100m' }, limits: { cpu: '0.2' } })
    const changed = lookObject(await live(), 'spec')
    const undo = valueOf(await undoPlan())
    expect(blocking(undo)).toEqual([])
    const step = undo.plan.steps[0] as PlanStep
    expect(valueOf(await whatMoved(undo.plan, world.ports))).toBeNull()
    expect(await world.send(step.request)).toMatchObject({ status: 200 })
    expect(lookObject(await live(), 'spec')).toEqual(lookObject(made, 'spec'))
    expect(problemOf(await undoPlan())).toMatchObject({ reason: 'nothing_to_change' })
    expect(await world.send(step.undo)).toMatchObject({ status: 200 })
    expect(lookObject(await live(), 'spec')).toEqual(changed)
  })

  it('keeps what others changed beside our fields', async () => {
    const { undoPlan, live } = await executed('beside', {})
    await edit('beside', [
      { op: 'add', path: `${RESOURCES}/requests/ephemeral-storage`, value: '1Gi' },
      { op: 'replace', path: '/spec/template/spec/containers/0/image', value: 'registry.example/app:2' },
      { op: 'remove', path: '/metadata/annotations' },
    ])
    const undo = valueOf(await undoPlan())
    expect(blocking(undo)).toEqual([])
    expect(await world.send((undo.plan.steps[0] as PlanStep).request)).toMatchObject({ status: 200 })
    expect(templateContainers(await live())[0]).toMatchObject({
      image: 'registry.example/app:2',
      resources: { requests: { 'ephemeral-storage': '1Gi' } },
    })
  })

  it('refuses to overwrite a newer value, and says who set it', async () => {
    const { undoPlan, step } = await executed('newer', { requests: { cpu: '100m' } })
    const undo = valueOf(await undoPlan())
    await edit('newer', [{ op: 'replace', path: `${RESOURCES}/requests/cpu`, value: '300m' }])
    expect(await world.send(step.undo)).toMatchObject({ status: 422 })
    const words = /the CPU request of app is now 300m, it was 250m \(last written by kubectl-edit at 20/
    expect(valueOf(await whatMoved(undo.plan, world.ports))).toMatch(words)
    expect(problemOf(await undoPlan())).toMatchObject({ reason: 'not_undoable', message: expect.stringMatching(words) })
  })

  it('says that a workload is gone', async () => {
    const { undoPlan } = await executed('gone', {})
    await world.api.delete(`/apis/apps/v1/namespaces/${namespace}/deployments/gone`)
    expect(problemOf(await undoPlan())).toMatchObject({
      reason: 'not_undoable',
      message: expect.stringContaining('deleted'),
    })
  })
})
