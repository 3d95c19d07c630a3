import { afterAll, beforeAll, expect, it } from 'vitest'
import type { KubeObject } from '../../../src/model/observation.ts'
import { ANNOTATION, blocks, type Plan, type PlanStep, type PlanTarget } from '../../../src/model/plan.ts'
import { makePlan } from '../../../src/safety/plan/make-plan.ts'
import type { PlanWish } from '../../../src/safety/plan/plan-wish.ts'
import { whatMoved } from '../../../src/safety/plan/what-moved.ts'
import { lookObject, lookText } from '../../../src/safety/checks/look.ts'
import { describeReal } from '../../harness/describe-real.ts'
import { makeNamespace } from '../../harness/make-namespace.ts'
import { templateContainers } from '../../../src/safety/plan/pod-template.ts'
import { plannedWorld, type PlannedWorld } from '../support/planned-world.ts'
import { rowOf, scanOf, type RowSketch } from '../support/scan-of.ts'
import { valueOf } from '../support/value-of.ts'
import { wishOf } from '../support/wish-of.ts'
import { workloadManifest, type ManifestSketch } from '../support/workload-manifest.ts'

const KINDS: readonly PlanTarget['kind'][] = ['Deployment', 'StatefulSet', 'DaemonSet']
const ALL = ['cpu_requests', 'memory_requests', 'cpu_limits', 'memory_limits'] as const

interface Story {
  readonly what: string
  readonly manifest: ManifestSketch
  readonly rows?: readonly RowSketch[]
  readonly only?: PlanWish['only']
}
const STORIES: readonly Story[] = [
  { what: 'no resources and no annotations', manifest: {} },
  { what: 'annotations', manifest: { annotations: { 'example.com/team': 'a/b~c' } } },
  { what: 'requests', manifest: { containers: { app: { requests: { cpu: '0.1', memory: '1.5Gi' } } } } },
  { what: 'only limits', manifest: { containers: { app: { limits: { cpu: '100m', memory: '64Mi' } } } } },
  {
    what: 'limits that are removed and set',
    manifest: { containers: { app: { requests: { cpu: '50m' }, limits: { cpu: '1' } } } },
    only: ALL,
  },
  {
    what: 'resources that are not ours',
    manifest: {
      containers: { app: { requests: { cpu: '50m', 'ephemeral-storage': '1Gi' }, limits: { 'example.com/gpu': '1' } } },
    },
    only: ALL,
  },
  {
    what: 'several containers in one patch',
    manifest: { containers: { side: { requests: { memory: '32Mi' } }, app: {}, other: { requests: { cpu: '1' } } } },
    rows: [
      { row: 1, container: 'side', memory: 100 * 2 ** 20 },
      { row: 2, container: 'app', memory: 123_456_000 },
    ],
  },
]

describeReal('a plan on a real API server', (controlPlane) => {
  let world: PlannedWorld
  let namespace: string
  beforeAll(async () => {
    world = await plannedWorld(controlPlane)
    namespace = await makeNamespace(world.api, 'plan')
  })
  afterAll(async () => await world.close())

  /** Creates the workload, and plans for it what the rows say. */
  async function planFor(kind: PlanTarget['kind'], name: string, story: Story): Promise<Plan> {
    const made = await world.create(namespace, kind, workloadManifest(kind, { name, ...story.manifest }))
    const uid = lookText(made, 'metadata', 'uid') ?? ''
    const rows = (story.rows ?? [{}]).map((row) => rowOf({ kind, namespace, name, uid, ...row }))
    const scan = scanOf(rows, { fingerprint: world.fingerprint })
    return valueOf(await makePlan(wishOf(scan, { only: story.only ?? wishOf(scan).only }), world.ports)).plan
  }
  const dryRunOf = (plan: Plan) => plan.checks.filter(({ check }) => ['dry-run', 'admission', 'undo'].includes(check))

  for (const kind of KINDS) {
    for (const [index, story] of STORIES.entries()) {
      it(`previews, writes and undoes a ${kind} with ${story.what}: what was shown, and back, to the letter`, async () => {
        const plan = await planFor(kind, `${kind.toLowerCase()}-${index}`, story)
        const step = plan.steps[0] as PlanStep
        const before = await world.live(step.target)
        expect(dryRunOf(plan)).toEqual([
          expect.objectContaining({ check: 'dry-run', verdict: 'pass' }),
          expect.objectContaining({ check: 'undo', verdict: 'pass' }),
        ])
        expect(await world.send(step.request)).toMatchObject({ status: 200 })
        const after = await world.live(step.target)
        expect(resourcesOf(after)).toEqual({
          ...resourcesOf(before),
          ...Object.fromEntries(step.changes.map((change) => [change.container, change.after])),
        })
        expect(JSON.parse(lookText(after, 'metadata', 'annotations', ANNOTATION) ?? '{}')).toMatchObject({
          plan: plan.id,
          was: Object.fromEntries(step.changes.map((change) => [change.container, change.before])),
        })
        expect(await world.send(step.undo)).toMatchObject({ status: 200 })
        const undone = await world.live(step.target)
        expect(resourcesOf(undone)).toEqual(resourcesOf(before))
        expect(specOf(undone)).toEqual(specOf(before))
      })
    }
  }

  it('blocks what is previewed only, and nothing else of it', async () => {
    for (const kind of KINDS) {
      const plan = await planFor(kind, `blocked-${kind.toLowerCase()}`, { what: '', manifest: {} })
      const blocking = plan.checks.filter(blocks).map(({ check }) => check)
      expect(blocking.filter((check) => check !== 'rollout-running')).toEqual(
        kind === 'Deployment' ? [] : ['applied-kind'],
      )
    }
  })

  it('refuses a write after a foreign change, and says what moved and who moved it', async () => {
    const plan = await planFor('Deployment', 'moved', { what: '', manifest: { annotations: { a: 'b' } } })
    const step = plan.steps[0] as PlanStep
    expect(valueOf(await whatMoved(plan, world.ports))).toBeNull()
    const path = `/apis/apps/v1/namespaces/${namespace}/deployments/moved?fieldManager=kubectl-edit`
    const at = '/spec/template/spec/containers/0'
    await world.api.request({
      method: 'PATCH',
      path,
      contentType: 'application/json-patch+json',
      body: [
        { op: 'add', path: `${at}/resources/requests`, value: { cpu: '77m' } },
        { op: 'replace', path: `${at}/image`, value: 'registry.example/app:2' },
      ],
    })
    expect(await world.send(step.request)).toMatchObject({ status: 422 })
    const moved = valueOf(await whatMoved(plan, world.ports)) ?? ''
    expect(moved).toContain(`${namespace}/deployment/moved: the CPU request of app is now 77m, it was not set`)
    expect(moved).toContain('the image of app is now registry.example/app:2, it was registry.example/app:1')
    expect(moved).toContain('last written by kubectl-edit at 20')
  })
})

const resourcesOf = (object: KubeObject) =>
  Object.fromEntries(templateContainers(object).map(({ name, resources }) => [name, resources]))
const specOf = (object: KubeObject) => lookObject(object, 'spec')
