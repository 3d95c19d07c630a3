import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { JsonObject } from '../../src/model/json.ts'
import { ANNOTATION, type PlanTarget } from '../../src/model/plan.ts'
import { millis } from '../../src/model/time.ts'
import { deployment, type DeploymentSketch } from '../harness/deployment.ts'
import { describeReal } from '../harness/describe-real.ts'
import { kubectl } from '../harness/kubectl.ts'
import { moody, moodyKubelet } from './support/moody-kubelet.ts'
import type { Resources } from './support/objects.ts'
import { pathOf, realStories, type RealEnding, type RealStories } from './support/real-story.ts'

const MOODY_NODE = 'node-moody'
const BEFORE: Resources = { requests: { cpu: '200m', memory: '128Mi' }, limits: { memory: '128Mi' } }
const SMALLER: Resources = { requests: { cpu: '100m', memory: '64Mi' }, limits: { memory: '64Mi' } }

interface Live {
  readonly metadata: { readonly generation: number; readonly annotations: Readonly<Record<string, string>> }
  readonly spec: {
    readonly template: {
      readonly spec: { readonly containers: readonly { readonly image: string; readonly resources: Resources }[] }
    }
  }
}
interface Sets {
  readonly items: readonly {
    readonly metadata: { readonly name: string; readonly uid: string }
    readonly spec: { readonly replicas: number }
    readonly status: { readonly readyReplicas?: number }
  }[]
}

// Stories are told with a soak of 3 seconds and a rollout deadline of 12 seconds.
describeReal('an execution on a real control plane', (controlPlane) => {
  let stories: RealStories
  let stopMoodyNode: () => Promise<void>
  const figures: string[] = []
  beforeAll(async () => {
    stories = await realStories(controlPlane)
    stopMoodyNode = await moodyKubelet(stories.api, MOODY_NODE)
  })
  afterAll(async () => {
    await stopMoodyNode()
    await stories.close()
    if (process.env['KRR_FIGURES']) console.log(figures.join('\n'))
  })

  /** Makes a workload and waits until it runs well, by the controllers' own count. */
  async function running(
    namespace: string,
    sketch: DeploymentSketch,
    kind: PlanTarget['kind'] = 'Deployment',
  ): Promise<JsonObject> {
    const { replicas = 2 } = sketch
    const manifest = deployment({ containers: { app: BEFORE }, ...sketch, replicas }) as { readonly spec: object }
    const { spec } = manifest
    await stories.api.post(pathOf(kind, namespace), {
      ...manifest,
      kind,
      spec: kind === 'DaemonSet' ? without(spec) : spec,
    })
    return await settled(kind, namespace, sketch.name)
  }
  const without = (spec: object): object =>
    Object.fromEntries(Object.entries(spec).filter(([key]) => key !== 'replicas'))

  async function settled(kind: PlanTarget['kind'], namespace: string, name: string): Promise<JsonObject> {
    for (const deadline = Date.now() + 30_000; Date.now() < deadline; await sleep(100)) {
      const now = await stories.api.get<JsonObject>(pathOf(kind, namespace, name))
      const {
        observedGeneration,
        numberReady,
        readyReplicas = 0,
        desiredNumberScheduled,
      } = now['status'] as Record<string, number>
      const wanted = kind === 'DaemonSet' ? desiredNumberScheduled : (now['spec'] as { replicas: number }).replicas
      const ready = kind === 'DaemonSet' ? numberReady : readyReplicas
      if (observedGeneration === 1 && wanted !== undefined && ready === wanted) return now
    }
    throw new Error(`${namespace}/${name} does not settle`)
  }

  const live = (namespace: string, name = 'web', kind: PlanTarget['kind'] = 'Deployment') =>
    stories.api.get<Live>(pathOf(kind, namespace, name))
  const resourcesOf = (object: Live) => object.spec.template.spec.containers[0]?.resources
  const replicaSets = (namespace: string) => stories.api.get<Sets>(`/apis/apps/v1/namespaces/${namespace}/replicasets`)
  const noted = (name: string, ending: RealEnding): RealEnding => {
    figures.push(`${name}: ${ending.status}, ${ending.seconds} s, ${ending.calls} calls`)
    return ending
  }
  const causeOf = ({ state }: RealEnding) => state.steps[0]?.tiers.find(({ passed }) => !passed)?.cause

  it('succeeds with a healthy change', async () => {
    const namespace = await stories.namespace('healthy')
    const object = await running(namespace, { name: 'web' })
    const ending = noted('healthy', await stories.run([{ object, after: SMALLER }]))
    expect(ending.why).toContain('Short soak passed: 2 pods ran 3 s.')
    expect(ending.status).toBe('succeeded')
    expect(ending.state.steps[0]?.tiers.map(({ tier, passed }) => [tier, passed])).toEqual([
      ['changes', true],
      ['health', true],
      ['readiness', true],
      ['stability', true],
    ])
    const after = await live(namespace)
    expect(resourcesOf(after)).toEqual(SMALLER)
    expect(after.metadata.annotations[ANNOTATION]).toContain('p-test')
  })

  it('takes back a change that is OOM-killed, and the old ReplicaSet serves again', async () => {
    const namespace = await stories.namespace('oom')
    const object = await running(namespace, { name: 'web', annotations: needsMemory })
    const [old] = (await replicaSets(namespace)).items
    const ending = noted('OOM', await stories.run([{ object, after: SMALLER }]))
    expect(ending.status, ending.why).toBe('rolled_back')
    expect(causeOf(ending)).toBe('oom_killed')
    expect(ending.why).toContain(`the old ReplicaSet ${old?.metadata.name} serves again`)
    expect(resourcesOf(await live(namespace))).toEqual(BEFORE)
    const sets = (await replicaSets(namespace)).items
    expect(sets).toHaveLength(2)
    const serving = sets.find(({ metadata }) => metadata.uid === old?.metadata.uid)
    expect(serving).toMatchObject({ spec: { replicas: 2 }, status: { readyReplicas: 2 } })
    // It was seen, not waited for: the rollout deadline is 12 s.
    expect(ending.seconds).toBeLessThan(12)
  })

  it.each([
    ['crash-loop', 'crash_loop', 12],
    ['never-ready', 'not_ready', 30],
  ] as const)('takes back a change that ends in %s', async (mood, cause, atMost) => {
    const namespace = await stories.namespace(mood)
    const spec = onMoodyNode(mood)
    const object = await running(namespace, { name: 'web', spec })
    const ending = noted(mood, await stories.run([{ object, after: SMALLER }]))
    expect(ending.status, ending.why).toBe('rolled_back')
    expect(causeOf(ending)).toBe(cause)
    expect(ending.why).toContain('serves again')
    expect(ending.seconds).toBeLessThan(atMost)
  })

  const onMoodyNode = (mood: 'crash-loop' | 'never-ready'): object => ({
    template: {
      metadata: { labels: { app: 'web' }, annotations: moody(mood, '150m') },
      spec: { nodeName: MOODY_NODE, containers: [{ name: 'app', image: 'app:1', resources: BEFORE }] },
    },
  })

  it('takes back a change that fits on no node, after the rollout deadline', async () => {
    const namespace = await stories.namespace('unschedulable')
    const object = await running(namespace, { name: 'web' })
    const huge = { requests: { cpu: '64', memory: '128Mi' }, limits: { memory: '128Mi' } }
    const ending = noted('unschedulable', await stories.run([{ object, after: huge }]))
    expect(ending.status, ending.why).toBe('rolled_back')
    expect(causeOf(ending)).toBe('unschedulable')
    expect(ending.why).toContain('Insufficient cpu')
    expect(ending.why).toContain('serves again')
  })

  it('takes back a change whose pods a quota refuses', async () => {
    const namespace = await stories.namespace('quota')
    const object = await running(namespace, { name: 'web' })
    const hard = { 'requests.cpu': '700m' }
    await stories.api.post(`/api/v1/namespaces/${namespace}/resourcequotas`, {
      apiVersion: 'v1',
      kind: 'ResourceQuota',
      metadata: { name: 'small' },
      spec: { hard },
    })
    await until(async () => (await quota(namespace)).status?.used !== undefined)
    const bigger = { requests: { cpu: '500m', memory: '128Mi' }, limits: { memory: '128Mi' } }
    const ending = noted('quota', await stories.run([{ object, after: bigger }]))
    expect(ending.status, ending.why).toBe('rolled_back')
    expect(causeOf(ending)).toBe('failed_create')
    expect(ending.why).toContain('exceeded quota')
  })
  const quota = (namespace: string) =>
    stories.api.get<{ status?: { used?: object } }>(`/api/v1/namespaces/${namespace}/resourcequotas/small`)
  const until = async (holds: () => Promise<boolean>): Promise<void> => {
    for (const deadline = Date.now() + 10_000; !(await holds()); await sleep(50))
      if (Date.now() > deadline) throw new Error('does not come to hold')
  }

  it('holds a change that another manager reverts, and says who', async () => {
    const namespace = await stories.namespace('reverted')
    const object = await running(namespace, { name: 'web' })
    const revert = once(() =>
      stories.api.request({
        method: 'PATCH',
        path: `${pathOf('Deployment', namespace, 'web')}?fieldManager=helm`,
        contentType: 'application/strategic-merge-patch+json',
        body: { spec: { template: { spec: { containers: [{ name: 'app', resources: BEFORE }] } } } },
      }),
    )
    const onState = async ({ status }: { status: string }) => (status === 'soaking' ? void (await revert()) : undefined)
    const ending = noted('reverted', await stories.run([{ object, after: SMALLER }], { onState }))
    expect(ending.status, ending.why).toBe('holding')
    expect(causeOf(ending)).toBe('reverted')
    expect(ending.why).toMatch(/Our change was reverted by helm at 20\d\d-/)
    expect(resourcesOf(await live(namespace))).toEqual(BEFORE)
  })

  it('holds a change that a user’s own deploy supersedes, and does not touch the deploy', async () => {
    const namespace = await stories.namespace('superseded')
    const object = await running(namespace, { name: 'web' })
    const deploy = once(() => kubectl(controlPlane, ['-n', namespace, 'set', 'image', 'deployment/web', 'app=app:2']))
    const onState = async ({ status }: { status: string }) => (status === 'soaking' ? void (await deploy()) : undefined)
    const ending = noted('superseded', await stories.run([{ object, after: SMALLER }], { onState }))
    expect(ending.status, ending.why).toBe('holding')
    expect(causeOf(ending)).toBe('superseded')
    expect(ending.why).toMatch(/A newer deploy changed the pod template by kubectl\S* at .*spec\.containers\.0\.image/)
    const [container] = (await live(namespace)).spec.template.spec.containers
    expect(container).toMatchObject({ image: 'app:2', resources: SMALLER })
  })
  const once = (act: () => Promise<unknown>): (() => Promise<unknown>) => {
    let done: Promise<unknown> | undefined
    return () => (done ??= act())
  }

  it('stops before the second step, and watches the first to its end', async () => {
    const namespace = await stories.namespace('stopped')
    const [first, second] = [await running(namespace, { name: 'web' }), await running(namespace, { name: 'api' })]
    const onState = async ({ steps, stopRequested }: RealEnding['state'], requestStop: () => Promise<void>) => {
      if (steps[0]?.write === 'taken' && !stopRequested) await requestStop()
    }
    const changes = [first, second].map((object) => ({ object, after: SMALLER }))
    const ending = noted('stopped', await stories.run(changes, { onState }))
    expect(ending.status, ending.why).toBe('partly_applied')
    expect(ending.why).toContain('A stop was requested.')
    expect(resourcesOf(await live(namespace, 'web'))).toEqual(SMALLER)
    expect(resourcesOf(await live(namespace, 'api'))).toEqual(BEFORE)
    expect((await live(namespace, 'api')).metadata.generation).toBe(1)
  })

  it('keeps what is well when another is taken back', async () => {
    const namespace = await stories.namespace('partly')
    const changes = [
      await running(namespace, { name: 'web' }),
      await running(namespace, { name: 'api', annotations: needsMemory }),
    ]
    const ending = noted('partly', await stories.run(changes.map((object) => ({ object, after: SMALLER }))))
    expect(ending.status, ending.why).toBe('partly_applied')
    expect(resourcesOf(await live(namespace, 'web'))).toEqual(SMALLER)
    expect(resourcesOf(await live(namespace, 'api'))).toEqual(BEFORE)
  })

  it('refuses to write over an image that changed since, and says who changed it', async () => {
    const namespace = await stories.namespace('moved')
    const object = await running(namespace, { name: 'web' })
    await kubectl(controlPlane, ['-n', namespace, 'set', 'image', 'deployment/web', 'app=app:2'])
    const ending = noted('moved', await stories.run([{ object, after: SMALLER }]))
    expect(ending.status).toBe('holding')
    expect(ending.why).toMatch(/Not written: The image of app was changed by kubectl\S* at .* to app:2\./)
    expect(resourcesOf(await live(namespace))).toEqual(BEFORE)
  })

  it('calls a workload without replicas unverified', async () => {
    const namespace = await stories.namespace('zero')
    const object = await running(namespace, { name: 'web', replicas: 0 })
    const ending = noted('zero', await stories.run([{ object, after: SMALLER }]))
    expect(ending.status, ending.why).toBe('unverified')
  })

  it.each(['StatefulSet', 'DaemonSet'] as const)('succeeds with a healthy change of a %s', async (kind) => {
    const namespace = await stories.namespace(kind.toLowerCase())
    const object = await running(
      namespace,
      { name: 'web', spec: kind === 'StatefulSet' ? { serviceName: 'web' } : {} },
      kind,
    )
    const ending = noted(kind, await stories.run([{ object, after: SMALLER }], { verification: slow }))
    expect(ending.status, ending.why).toBe('succeeded')
    expect(resourcesOf(await live(namespace, 'web', kind))).toEqual(SMALLER)
  })

  it('takes back a change of a DaemonSet that is OOM-killed', async () => {
    const namespace = await stories.namespace('daemonset-oom')
    const object = await running(namespace, { name: 'web', annotations: needsMemory }, 'DaemonSet')
    const ending = noted('DaemonSet OOM', await stories.run([{ object, after: SMALLER }]))
    expect(ending.status, ending.why).toBe('rolled_back')
    expect(causeOf(ending)).toBe('oom_killed')
    expect(resourcesOf(await live(namespace, 'web', 'DaemonSet'))).toEqual(BEFORE)
  })

  it('takes back a change of a StatefulSet that is OOM-killed, and says how to get its stuck pods going', async () => {
    const namespace = await stories.namespace('statefulset-oom')
    const object = await running(
      namespace,
      { name: 'web', annotations: needsMemory, spec: { serviceName: 'web' } },
      'StatefulSet',
    )
    const ending = noted('StatefulSet OOM', await stories.run([{ object, after: SMALLER }]))
    expect(ending.status, ending.why).toBe('needs_human')
    expect(causeOf(ending)).toBe('oom_killed')
    expect(resourcesOf(await live(namespace, 'web', 'StatefulSet'))).toEqual(BEFORE)
    expect(ending.state.steps[0]).toMatchObject({ undo: 'taken', undoSettled: { complete: false } })
    // The advice is followed to the letter, and helps.
    const [, advice = ''] = /kubectl (-n \S+ delete pod( web-\d)+)/.exec(ending.why) ?? []
    await kubectl(controlPlane, advice.split(' '))
    await until(async () => {
      const { status } = await stories.api.get<{ status: Record<string, unknown> }>(
        pathOf('StatefulSet', namespace, 'web'),
      )
      return status['readyReplicas'] === 2 && status['currentRevision'] === status['updateRevision']
    })
  })
  const needsMemory = { 'sim.krr-mcp.dev/needs-memory': '100Mi' }
  const slow = { rolloutDeadline: millis(25_000) }
})
