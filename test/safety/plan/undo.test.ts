import { describe, expect, it } from 'vitest'
import type { ExecutionId, PlanId } from '../../../src/model/ids.ts'
import type { KubeObject } from '../../../src/model/observation.ts'
import { blocks, type DigestedPlan, type PlanStep } from '../../../src/model/plan.ts'
import { problem } from '../../../src/model/problem.ts'
import { applyPatch, operationsOf, type PatchOperation } from '../../../src/safety/plan/json-patch.ts'
import { makePlan } from '../../../src/safety/plan/make-plan.ts'
import { makeUndoPlan, type UndoWish } from '../../../src/safety/plan/make-undo-plan.ts'
import { templateContainers } from '../../../src/safety/plan/pod-template.ts'
import { whatMoved } from '../../../src/safety/plan/what-moved.ts'
import { rehearsePlan } from '../../../src/safety/plan/rehearse-plan.ts'
import { whyNotUndone } from '../../../src/safety/plan/undo-identity.ts'
import { liveObject } from '../support/live-object.ts'
import { memoryCluster, type MemoryCluster, type MemorySketch } from '../support/memory-cluster.ts'
import { FINGERPRINT, rowOf, scanOf } from '../support/scan-of.ts'
import { problemOf, valueOf } from '../support/value-of.ts'
import { FRAME, wishOf } from '../support/wish-of.ts'

const WEB = 'deployment/shop/web'
const RESOURCES = '/spec/template/spec/containers/0/resources'
const X = 'x-2abc' as ExecutionId

function edit(cluster: MemoryCluster, operations: readonly PatchOperation[], key: string = WEB): void {
  const object = cluster.objects.get(key)
  if (!object) throw new Error(`no ${key}`)
  const patched = applyPatch(object, operations)
  if (patched.kind === 'refused') throw new Error(`refused: ${JSON.stringify(patched.operation)}`)
  cluster.objects.set(key, patched.object)
}
const write = (cluster: MemoryCluster, step: PlanStep, key?: string): void =>
  edit(cluster, operationsOf(step.request), key)

interface Executed {
  readonly forward: DigestedPlan
  readonly step: PlanStep
  readonly cluster: MemoryCluster
  readonly undo: (more?: Partial<UndoWish>) => ReturnType<typeof makeUndoPlan>
}
/** A plan for `web` that was written. */
async function executed(
  resources: object = { requests: { cpu: '100m' } },
  sketch: MemorySketch = {},
): Promise<Executed> {
  const cluster = memoryCluster([liveObject({ containers: { app: resources } })])
  const forward = valueOf(await makePlan(wishOf(scanOf([rowOf()])), cluster.ports))
  const step = forward.plan.steps[0] as PlanStep
  write(cluster, step)
  const later = memoryCluster([...cluster.objects.values()], sketch)
  const wish = { ...FRAME, id: 'p-undo' as PlanId, execution: X, forward, written: [1] }
  return { forward, step, cluster: later, undo: (more = {}) => makeUndoPlan({ ...wish, ...more }, later.ports) }
}

describe('the frozen request', () => {
  const bodyOf = async (live: KubeObject) => {
    const plan = valueOf(await makePlan(wishOf(scanOf([rowOf()])), memoryCluster([live]).ports)).plan
    return operationsOf((plan.steps[0] as PlanStep).request)
  }
  it('tests identity, name, image and the old resources verbatim before it writes', async () => {
    const operations = await bodyOf(liveObject({ containers: { app: { requests: { cpu: '0.1' } } } }))
    expect(operations.slice(0, 5)).toEqual([
      { op: 'test', path: '/metadata/uid', value: 'uid-1' },
      { op: 'test', path: '/spec/template/spec/containers/0/name', value: 'app' },
      { op: 'test', path: '/spec/template/spec/containers/0/image', value: 'registry.example/app:1' },
      { op: 'test', path: RESOURCES, value: { requests: { cpu: '0.1' } } },
      { op: 'replace', path: RESOURCES, value: { requests: { cpu: '250m', memory: '256Mi' } } },
    ])
  })
  it('marks the workload with plan, journal head and old values in the same write', async () => {
    const operations = await bodyOf(liveObject({ annotations: { team: 'a' } }))
    const mark = operations.at(-1) as PatchOperation & { value: string }
    expect(mark).toMatchObject({ op: 'add', path: '/metadata/annotations/krr-mcp.dev~1last-change' })
    expect(JSON.parse(mark.value)).toEqual({
      plan: 'p-4xyz',
      journal: 'f'.repeat(64),
      at: expect.stringMatching(/Z$/),
      was: { app: {} },
    })
  })
  it('makes the map of annotations only where there is none', async () => {
    expect((await bodyOf(liveObject())).slice(-2)).toEqual([
      { op: 'test', path: '/metadata/annotations', value: null },
      { op: 'add', path: '/metadata/annotations', value: { 'krr-mcp.dev/last-change': expect.any(String) } },
    ])
  })
  it('copes with a container that has neither image nor resources', async () => {
    const live = liveObject({ spec: { template: { spec: { containers: [{ name: 'app' }] } } } })
    expect((await bodyOf(live)).slice(2, 5)).toEqual([
      { op: 'test', path: '/spec/template/spec/containers/0/image', value: null },
      { op: 'test', path: RESOURCES, value: null },
      { op: 'add', path: RESOURCES, value: { requests: { cpu: '250m', memory: '256Mi' } } },
    ])
  })
})

describe('the frozen undo', () => {
  it('tests identity, name and our own values, field by field, and nothing else', async () => {
    const { step } = await executed()
    expect(operationsOf(step.undo)).toEqual([
      { op: 'test', path: '/metadata/uid', value: 'uid-1' },
      { op: 'test', path: '/spec/template/spec/containers/0/name', value: 'app' },
      { op: 'test', path: `${RESOURCES}/requests/cpu`, value: '250m' },
      { op: 'test', path: `${RESOURCES}/requests/memory`, value: '256Mi' },
      { op: 'replace', path: `${RESOURCES}/requests/cpu`, value: '100m' },
      { op: 'remove', path: `${RESOURCES}/requests/memory` },
    ])
  })
  it('removes its fields one by one also where there was no map, so that a neighbour in it is kept', async () => {
    const { step, cluster } = await executed({})
    expect(operationsOf(step.undo).slice(2)).toEqual([
      { op: 'test', path: `${RESOURCES}/requests/cpu`, value: '250m' },
      { op: 'test', path: `${RESOURCES}/requests/memory`, value: '256Mi' },
      { op: 'remove', path: `${RESOURCES}/requests/cpu` },
      { op: 'remove', path: `${RESOURCES}/requests/memory` },
    ])
    edit(cluster, [{ op: 'add', path: `${RESOURCES}/requests/ephemeral-storage`, value: '1Gi' }])
    edit(cluster, operationsOf(step.undo))
    const live = cluster.objects.get(WEB) as KubeObject
    expect(templateContainers(live)[0]?.resources).toEqual({ requests: { 'ephemeral-storage': '1Gi' } })
  })
  it('puts back the whole map where removing emptied it', async () => {
    const cluster = memoryCluster([liveObject({ containers: { app: { limits: { cpu: '1' } } } })])
    const wish = wishOf(scanOf([rowOf()]), { only: ['cpu_limits'] })
    const step = valueOf(await makePlan(wish, cluster.ports)).plan.steps[0] as PlanStep
    expect(operationsOf(step.undo).slice(2)).toEqual([
      { op: 'test', path: `${RESOURCES}/limits`, value: null },
      { op: 'add', path: `${RESOURCES}/limits`, value: { cpu: '1' } },
    ])
  })
  it('is taken, and keeps what others did, after changes beside our fields', async () => {
    const { step, cluster } = await executed()
    edit(cluster, [
      { op: 'replace', path: '/spec/template/spec/containers/0/image', value: 'registry.example/app:2' },
      { op: 'add', path: `${RESOURCES}/requests/ephemeral-storage`, value: '1Gi' },
      { op: 'remove', path: '/metadata/annotations' },
      { op: 'replace', path: '/spec/replicas', value: 9 },
    ])
    edit(cluster, operationsOf(step.undo))
    expect(cluster.objects.get(WEB)).toMatchObject({
      spec: {
        replicas: 9,
        template: {
          spec: {
            containers: [
              { image: 'registry.example/app:2', resources: { requests: { cpu: '100m', 'ephemeral-storage': '1Gi' } } },
            ],
          },
        },
      },
    })
  })
  it('is refused where it would overwrite a newer value, or another object', async () => {
    const { step, cluster } = await executed()
    const live = cluster.objects.get(WEB) as KubeObject
    for (const operation of [
      { op: 'replace', path: `${RESOURCES}/requests/cpu`, value: '300m' },
      { op: 'replace', path: '/metadata/uid', value: 'uid-2' },
      { op: 'replace', path: '/spec/template/spec/containers/0/name', value: 'other' },
    ] as const) {
      const changed = applyPatch(live, [operation])
      expect(changed.kind).toBe('patched')
      if (changed.kind === 'patched') expect(applyPatch(changed.object, operationsOf(step.undo)).kind).toBe('refused')
    }
  })
  it('is proven: an undo that leaves something behind, or does not apply, is found out', async () => {
    const { step } = await executed()
    const live = liveObject({ containers: { app: { requests: { cpu: '100m' } } } })
    expect(whyNotUndone(live, step.request, step.undo)).toBeUndefined()
    const half = { ...step.undo, body: JSON.stringify(operationsOf(step.undo).slice(0, -1)) }
    expect(whyNotUndone(live, step.request, half)).toBe(`the undo leaves a difference at ${RESOURCES}/requests/memory`)
    const wrong = { ...step.undo, body: step.undo.body.replace('250m', '251m') }
    expect(whyNotUndone(live, step.request, wrong)).toContain('the undo does not apply at')
    expect(whyNotUndone(liveObject(), step.request, step.undo)).toContain('the change itself does not apply at')
  })
})

describe('a plan that undoes an execution', () => {
  it('sends the undo bytes that were approved with the forward plan, and can itself be undone', async () => {
    const { step, undo, forward } = await executed()
    const { plan } = valueOf(await undo())
    expect(plan).toMatchObject({ purpose: { kind: 'undo', execution: X }, evidenceDigest: forward.digest })
    expect(plan.steps[0]?.request).toEqual(step.undo)
    expect(plan.steps[0]?.changes[0]).toMatchObject({
      before: { requests: { cpu: '250m', memory: '256Mi' } },
      after: { requests: { cpu: '100m' } },
      fields: [
        { resource: 'cpu', before: '250m', after: '100m', why: 'restored' },
        { resource: 'memory', before: '256Mi', after: null, why: 'restored' },
      ],
    })
    expect(
      plan.checks.filter(({ check }) => check === 'dry-run' || check === 'undo').map(({ verdict }) => verdict),
    ).toEqual(['pass', 'pass'])
    expect(plan.checks.filter(blocks)).toEqual([])
  })
  it('is never blocked by what would block a change: it becomes a note', async () => {
    const hpa = {
      metadata: { name: 'web' },
      spec: { scaleTargetRef: { kind: 'Deployment', name: 'web' }, maxReplicas: 3 },
    }
    const { undo, cluster } = await executed({ requests: { cpu: '249m' } }, { autoscalers: [hpa] })
    edit(cluster, [
      { op: 'add', path: '/status', value: {} },
      { op: 'add', path: '/spec/paused', value: true },
      { op: 'add', path: '/metadata/ownerReferences', value: [{ kind: 'App', name: 'x', controller: true }] },
    ])
    const { plan } = valueOf(await undo())
    expect(plan.checks.filter(blocks)).toEqual([])
    expect(plan.checks.filter(({ verdict }) => verdict === 'note').map(({ check }) => check)).toEqual([
      'autoscaler',
      'owned',
      'rollout-paused',
      'rollout-running',
    ])
  })
  it('is not blocked by admission that would rewrite it, nor by a webhook that refuses dry runs', async () => {
    const admit: MemorySketch['admit'] = (object) => ({ ...object, extra: true })
    expect(valueOf(await (await executed(undefined, { admit })).undo()).plan.checks.filter(blocks)).toEqual([])
    const dryRunProblem = problem('api_error', 'webhook "x" does not support dry run', '')
    expect(valueOf(await (await executed(undefined, { dryRunProblem })).undo()).plan.checks.filter(blocks)).toEqual([])
  })
  it('is blocked where the API server refuses it', async () => {
    const dryRunProblem = problem('api_forbidden', 'You may not patch deployments.', 'Ask.')
    const { plan } = valueOf(await (await executed(undefined, { dryRunProblem })).undo())
    expect(plan.checks.filter(blocks)).toEqual([expect.objectContaining({ check: 'dry-run', verdict: 'block' })])
  })
  it('finds its cluster by its identity alone, and no other', async () => {
    const moved = { ...FINGERPRINT, apiOrigin: 'https://other', caHash: 'b', serverVersion: 'v9' }
    const { plan } = valueOf(await (await executed(undefined, { fingerprint: moved })).undo())
    expect(plan.cluster.fingerprint).toEqual(moved)
    const other = { ...FINGERPRINT, kubeSystemUid: 'other' }
    expect(problemOf(await (await executed(undefined, { fingerprint: other })).undo()).reason).toBe('other_cluster')
  })
  it('refuses where our values were changed since, and says by whom', async () => {
    const { undo, cluster } = await executed()
    const owner = { 'f:resources': { 'f:requests': { 'f:cpu': {} } } }
    const fieldsV1 = { 'f:spec': { 'f:template': { 'f:spec': { 'f:containers': { 'k:{"name":"app"}': owner } } } } }
    edit(cluster, [
      { op: 'replace', path: `${RESOURCES}/requests/cpu`, value: '2' },
      {
        op: 'add',
        path: '/metadata/managedFields',
        value: [{ manager: 'kubectl-edit', time: '2026-11-24T13:00:00Z', fieldsV1 }],
      },
    ])
    const { reason, message } = problemOf(await undo())
    expect(reason).toBe('not_undoable')
    expect(message).toContain(
      'the CPU request of app is now 2, it was 250m (last written by kubectl-edit at 2026-11-24T13:00:00Z)',
    )
  })
  it('refuses what is gone, made anew, undone already, or never written', async () => {
    const gone = await executed()
    gone.cluster.objects.clear()
    expect(problemOf(await gone.undo())).toMatchObject({
      reason: 'not_undoable',
      message: expect.stringContaining('was deleted'),
    })
    const anew = await executed()
    edit(anew.cluster, [{ op: 'replace', path: '/metadata/uid', value: 'uid-9' }])
    expect(problemOf(await anew.undo()).message).toContain('made anew')
    const done = await executed()
    edit(done.cluster, operationsOf(done.step.undo))
    expect(problemOf(await done.undo())).toMatchObject({
      reason: 'nothing_to_change',
      message: expect.stringContaining('undone already'),
    })
    expect(problemOf(await done.undo({ written: [] }))).toMatchObject({
      reason: 'not_undoable',
      message: expect.stringContaining('has written nothing'),
    })
    const unread = await executed(undefined, { workloadProblem: problem('api_unreachable', 'No answer.', 'Try.') })
    expect(problemOf(await unread.undo()).reason).toBe('api_unreachable')
  })
  it('undoes the steps that can be undone, and leaves out the others with the reason', async () => {
    const cluster = memoryCluster([liveObject(), liveObject({ name: 'api', uid: 'uid-2' })])
    const rows = [rowOf(), rowOf({ row: 2, name: 'api', uid: 'uid-2' })]
    const forward = valueOf(await makePlan(wishOf(scanOf(rows)), cluster.ports))
    const [web, api] = forward.plan.steps as [PlanStep, PlanStep]
    write(cluster, web)
    write(cluster, api, 'deployment/shop/api')
    edit(cluster, [{ op: 'replace', path: `${RESOURCES}/requests/cpu`, value: '3' }])
    const wish = { ...FRAME, execution: X, forward, written: [1, 2] }
    const { plan } = valueOf(await makeUndoPlan(wish, cluster.ports))
    expect(plan.steps.map(({ step, target }) => [step, target.name])).toEqual([[1, 'api']])
    expect(plan.leftOut).toEqual([{ row: 1, why: 'the CPU request of app is now 3, it was 250m' }])
  })
})

describe('what moved', () => {
  const planned = async () => {
    const cluster = memoryCluster([
      liveObject({ annotations: { a: 'b' }, containers: { app: { requests: { cpu: '100m' }, limits: { cpu: '1' } } } }),
    ])
    const { plan } = valueOf(await makePlan(wishOf(scanOf([rowOf()])), cluster.ports))
    return {
      cluster,
      moved: async (steps?: readonly number[]) => valueOf(await whatMoved(plan, cluster.ports, steps)),
      plan,
    }
  }
  it('is nothing while everything is as it was, and after changes that do not matter', async () => {
    const { cluster, moved } = await planned()
    expect(await moved()).toBeNull()
    edit(cluster, [{ op: 'replace', path: '/spec/replicas', value: 4 }])
    expect(await moved()).toBeNull()
  })
  it.each([
    [
      'our field',
      { op: 'replace', path: `${RESOURCES}/requests/cpu`, value: '1' },
      'the CPU request of app is now 1, it was 100m',
    ],
    [
      'a field beside ours',
      { op: 'replace', path: `${RESOURCES}/limits/cpu`, value: '2' },
      'resources/limits/cpu of app is not as it was',
    ],
    [
      'the image',
      { op: 'replace', path: '/spec/template/spec/containers/0/image', value: 'x:2' },
      'the image of app is now x:2',
    ],
    [
      'the containers',
      { op: 'replace', path: '/spec/template/spec/containers/0/name', value: 'b' },
      'container app is not where it was',
    ],
    ['the object itself', { op: 'replace', path: '/metadata/uid', value: 'u' }, 'it was deleted and made anew'],
    ['the annotations', { op: 'remove', path: '/metadata/annotations' }, 'last-change” is not as it was'],
  ] as const)('says when %s moved', async (_, operation, words) => {
    const { cluster, moved } = await planned()
    edit(cluster, [operation])
    expect(await moved()).toContain(`shop/deployment/web: `)
    expect(await moved()).toContain(words)
    expect(await moved([2])).toBeNull()
  })
  it('names whoever wrote last, where several did, and never us', async () => {
    const { cluster, moved } = await planned()
    const owner = { 'f:image': {}, 'f:resources': { 'f:limits': { 'f:cpu': {} } } }
    const fieldsV1 = { 'f:spec': { 'f:template': { 'f:spec': { 'f:containers': { 'k:{"name":"app"}': owner } } } } }
    edit(cluster, [
      { op: 'replace', path: '/spec/template/spec/containers/0/image', value: 'x:2' },
      { op: 'replace', path: `${RESOURCES}/limits/cpu`, value: '2' },
      {
        op: 'add',
        path: '/metadata/managedFields',
        value: [
          { manager: 'first', time: '2026-11-24T13:00:00Z', fieldsV1 },
          { manager: 'the last one', time: '2026-11-24T14:00:00Z', fieldsV1 },
          { manager: 'krr-mcp', time: '2026-11-24T15:00:00Z', fieldsV1 },
          { manager: 'timeless', fieldsV1 },
          { manager: 'elsewhere', time: '2026-11-24T16:00:00Z', fieldsV1: {} },
        ],
      },
    ])
    expect(await moved()).toBe(
      'shop/deployment/web: the image of app is now x:2, it was registry.example/app:1 (last written by “the last one” at 2026-11-24T14:00:00Z); ' +
        'resources/limits/cpu of app is not as it was (last written by “the last one” at 2026-11-24T14:00:00Z).',
    )
  })
  it('says that a workload was deleted, and fails when nobody can know', async () => {
    const { cluster, moved, plan } = await planned()
    cluster.objects.clear()
    expect(await moved()).toBe('shop/deployment/web: it was deleted.')
    const workloadProblem = problem('api_unreachable', 'No answer.', '')
    expect(problemOf(await whatMoved(plan, memoryCluster([], { workloadProblem }).ports))).toEqual(workloadProblem)
  })
  it('is stopped by an undo plan only where our own values moved', async () => {
    const { undo, cluster } = await executed()
    const { plan } = valueOf(await undo())
    edit(cluster, [
      { op: 'replace', path: '/spec/template/spec/containers/0/image', value: 'x:2' },
      { op: 'add', path: `${RESOURCES}/limits`, value: { cpu: '2' } },
    ])
    expect(valueOf(await whatMoved(plan, cluster.ports))).toBeNull()
    edit(cluster, [{ op: 'replace', path: `${RESOURCES}/requests/cpu`, value: '2' }])
    expect(valueOf(await whatMoved(plan, cluster.ports))).toContain('the CPU request of app is now 2, it was 250m')
  })
})

describe('a rehearsal', () => {
  it('has the API server try every request again, and says what it finds', async () => {
    const cluster = memoryCluster([liveObject()])
    const { plan } = valueOf(await makePlan(wishOf(scanOf([rowOf()])), cluster.ports))
    const verdicts = async () =>
      valueOf(await rehearsePlan(plan, cluster.ports)).map(({ check, verdict }) => `${check} ${verdict}`)
    expect(await verdicts()).toEqual(['dry-run pass', 'undo pass'])
    edit(cluster, [{ op: 'replace', path: '/metadata/uid', value: 'uid-2' }])
    expect(await verdicts()).toEqual(['dry-run block', 'undo block'])
    cluster.objects.clear()
    expect(problemOf(await rehearsePlan(plan, cluster.ports)).reason).toBe('api_not_found')
  })
  it('does not block an undo for what would only block a change', async () => {
    const { undo, cluster } = await executed(undefined, { admit: (object) => ({ ...object, extra: true }) })
    const { plan } = valueOf(await undo())
    expect(valueOf(await rehearsePlan(plan, cluster.ports)).filter(blocks)).toEqual([])
  })
})
