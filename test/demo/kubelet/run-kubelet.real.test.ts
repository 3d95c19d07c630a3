import { afterAll, beforeAll, expect, it } from 'vitest'
import { deployment, type DeploymentSketch } from '../../harness/deployment.ts'
import { describeReal } from '../../harness/describe-real.ts'
import { connectKubeApi, type KubeApi } from '../../harness/kube-api.ts'
import { kubectl } from '../../harness/kubectl.ts'
import { listPods } from '../../harness/list-pods.ts'
import { makeNamespace } from '../../harness/make-namespace.ts'
import type { PodObject } from '../../harness/pod-object.ts'
import { waitForRollout } from '../../harness/wait-for-rollout.ts'

const PATIENCE = { timeout: 20_000, interval: 50 }

describeReal('the simulated kubelet', (controlPlane) => {
  let api: KubeApi
  let namespace: string
  beforeAll(async () => {
    api = await connectKubeApi({ ...controlPlane, token: controlPlane.adminToken })
    namespace = await makeNamespace(api, 'kubelet')
  })
  afterAll(async () => {
    await api.delete(`/api/v1/namespaces/${namespace}`)
    await api.close()
  })

  const deploymentPath = (name: string): string => `/apis/apps/v1/namespaces/${namespace}/deployments/${name}`
  const deploy = async (sketch: DeploymentSketch): Promise<void> => {
    await api.post(`/apis/apps/v1/namespaces/${namespace}/deployments`, deployment(sketch))
  }
  const pod = async (app: string): Promise<PodObject | undefined> => (await listPods(api, namespace, app))[0]
  const container = async (app: string) => (await pod(app))?.status.containerStatuses?.[0]
  const condition = async (app: string, type: string) =>
    (await pod(app))?.status.conditions?.find((found) => found.type === type)
  const setResources = async (name: string, resources: object): Promise<void> => {
    const containers = [{ name: 'app', image: 'registry.example/app:1', resources }]
    await api.mergePatch(deploymentPath(name), { spec: { template: { spec: { containers } } } })
  }

  it('runs three replicas and rolls them over to a new template', async () => {
    const before = { requests: { cpu: '100m', memory: '64Mi' }, limits: { memory: '128Mi' } }
    await deploy({ name: 'web', replicas: 3, containers: { app: before } })
    await waitForRollout(api, namespace, { name: 'web' })
    const first = await listPods(api, namespace, 'web')
    expect(first).toHaveLength(3)
    expect(new Set(first.map(({ status }) => status.podIP)).size).toBe(3)
    expect(first[0]?.status.containerStatuses?.[0]).toMatchObject({ ready: true, restartCount: 0, resources: before })

    const after = { requests: { cpu: '50m', memory: '32Mi' }, limits: { memory: '128Mi' } }
    await setResources('web', after)
    await waitForRollout(api, namespace, { name: 'web' })
    await expect.poll(async () => (await listPods(api, namespace, 'web')).length, PATIENCE).toBe(3)
    const second = await listPods(api, namespace, 'web')
    expect(second.map(({ status }) => status.containerStatuses?.[0]?.resources)).toEqual([after, after, after])
    expect(second.map(({ metadata }) => metadata.uid)).not.toEqual(first.map(({ metadata }) => metadata.uid))
  })

  it('kills a container whose memory limit is below what it needs, and no other', async () => {
    await deploy({
      name: 'hungry',
      containers: { app: { limits: { memory: '200Mi' } }, sidecar: { limits: { memory: '10Mi' } } },
      annotations: { 'needs-memory.sim.krr-mcp.dev/app': '300Mi' },
    })
    await expect
      .poll(async () => await container('hungry'), PATIENCE)
      .toMatchObject({
        name: 'app',
        ready: false,
        restartCount: 1,
        lastState: { terminated: { reason: 'OOMKilled', exitCode: 137 } },
        state: {
          waiting: { reason: 'CrashLoopBackOff', message: expect.stringContaining('back-off 1s restarting failed') },
        },
      })
    expect((await pod('hungry'))?.status.containerStatuses?.[1]).toMatchObject({
      name: 'sidecar',
      ready: true,
      restartCount: 0,
    })
    await expect.poll(async () => (await container('hungry'))?.restartCount, PATIENCE).toBeGreaterThanOrEqual(2)
  })

  it('lets the next pod run when its limit is enough', async () => {
    await deploy({
      name: 'fed',
      containers: { app: { limits: { memory: '200Mi' } } },
      annotations: { 'sim.krr-mcp.dev/needs-memory': '300Mi' },
    })
    await expect.poll(async () => (await container('fed'))?.restartCount, PATIENCE).toBeGreaterThanOrEqual(1)
    await setResources('fed', { limits: { memory: '300Mi' } })
    const { status } = await waitForRollout(api, namespace, { name: 'fed' })
    expect(status.availableReplicas).toBe(1)
  })

  it('kills a container late where the rule says so, after it has been ready', async () => {
    await deploy({
      name: 'late',
      containers: { app: { limits: { memory: '200Mi' } } },
      annotations: { 'sim.krr-mcp.dev/needs-memory': '300Mi', 'sim.krr-mcp.dev/oom-after-seconds': '1' },
    })
    await expect.poll(async () => (await container('late'))?.ready, PATIENCE).toBe(true)
    await expect.poll(async () => (await container('late'))?.lastState.terminated?.reason, PATIENCE).toBe('OOMKilled')
  })

  it('crashes in a loop, and never becomes ready, where the rules say so', async () => {
    await deploy({ name: 'crashing', annotations: { 'sim.krr-mcp.dev/crash-loop': 'true' } })
    await deploy({ name: 'never', annotations: { 'sim.krr-mcp.dev/never-ready': 'true' } })
    await expect
      .poll(async () => await container('crashing'), PATIENCE)
      .toMatchObject({
        restartCount: 1,
        lastState: { terminated: { reason: 'Error', exitCode: 1 } },
        state: { waiting: { reason: 'CrashLoopBackOff' } },
      })
    expect(await container('never')).toMatchObject({ ready: false, started: true, restartCount: 0 })
    expect(await condition('never', 'Ready')).toMatchObject({
      status: 'False',
      reason: 'ContainersNotReady',
      message: 'containers with unready status: [app]',
    })
  })

  it('takes as long to start as the rule says', async () => {
    const began = Date.now()
    await deploy({ name: 'slow', annotations: { 'sim.krr-mcp.dev/start-seconds': '2' } })
    await waitForRollout(api, namespace, { name: 'slow' })
    expect(Date.now() - began).toBeGreaterThan(2_000)
    expect(await condition('slow', 'Ready')).not.toHaveProperty('reason')
  })

  it('refuses a pod whose rule it cannot read, and says which', async () => {
    await deploy({ name: 'typo', annotations: { 'sim.krr-mcp.dev/needs-memory': 'plenty' } })
    await expect
      .poll(async () => (await container('typo'))?.state.waiting, PATIENCE)
      .toEqual({
        reason: 'CreateContainerConfigError',
        message: 'annotation sim.krr-mcp.dev/needs-memory is neither a quantity nor true or false',
      })
  })

  it('leaves a pod that is too large for every node to the scheduler, which says so', async () => {
    await deploy({ name: 'large', containers: { app: { requests: { cpu: '9' } } } })
    await expect
      .poll(async () => await condition('large', 'PodScheduled'), PATIENCE)
      .toMatchObject({
        status: 'False',
        reason: 'Unschedulable',
        message: expect.stringContaining('0/3 nodes are available: 3 Insufficient cpu'),
      })
    expect((await pod('large'))?.status.phase).toBe('Pending')
  })

  it('ends the pods of a Job, so that the Job completes', async () => {
    const spec = { restartPolicy: 'Never', containers: [{ name: 'app', image: 'registry.example/app:1' }] }
    await api.post(`/apis/batch/v1/namespaces/${namespace}/jobs`, {
      apiVersion: 'batch/v1',
      kind: 'Job',
      metadata: { name: 'migrate' },
      spec: { template: { spec } },
    })
    const job = async () => await api.get<{ status: object }>(`/apis/batch/v1/namespaces/${namespace}/jobs/migrate`)
    await expect.poll(async () => (await job()).status, PATIENCE).toMatchObject({ succeeded: 1 })
  })

  it('removes the pods of what is deleted', async () => {
    await deploy({ name: 'gone', replicas: 2 })
    await waitForRollout(api, namespace, { name: 'gone' })
    await api.delete(deploymentPath('gone'))
    await expect.poll(async () => await listPods(api, namespace, 'gone'), PATIENCE).toEqual([])
  })

  it('carries out a resize without a restart', async () => {
    await deploy({ name: 'resized', containers: { app: { requests: { cpu: '100m', memory: '64Mi' } } } })
    await waitForRollout(api, namespace, { name: 'resized' })
    await resize('resized', { requests: { cpu: '200m', memory: '64Mi' } })
    await expect.poll(async () => (await container('resized'))?.resources?.requests?.['cpu'], PATIENCE).toBe('200m')
    expect(await container('resized')).toMatchObject({ ready: true, restartCount: 0 })
  })

  it('says why it does not carry out a resize', async () => {
    await deploy({
      name: 'stuck',
      containers: { app: { requests: { cpu: '100m' }, limits: { memory: '400Mi' } } },
      annotations: { 'sim.krr-mcp.dev/needs-memory': '300Mi' },
    })
    await waitForRollout(api, namespace, { name: 'stuck' })
    await resize('stuck', { requests: { cpu: '100m', memory: '200Mi' }, limits: { memory: '200Mi' } })
    await expect
      .poll(async () => await condition('stuck', 'PodResizeInProgress'), PATIENCE)
      .toMatchObject({ reason: 'Error' })
    expect((await container('stuck'))?.resources).toMatchObject({ limits: { memory: '400Mi' } })
    await resize('stuck', { requests: { cpu: '100m', memory: '350Mi' }, limits: { memory: '350Mi' } })
    await expect.poll(async () => (await container('stuck'))?.resources?.limits?.['memory'], PATIENCE).toBe('350Mi')
    expect(await condition('stuck', 'PodResizeInProgress')).toBeUndefined()
  })

  const resize = async (app: string, resources: object): Promise<void> => {
    const patch = JSON.stringify({ spec: { containers: [{ name: 'app', resources }] } })
    const name = (await pod(app))?.metadata.name ?? ''
    await kubectl(controlPlane, ['patch', 'pod', name, '-n', namespace, '--subresource', 'resize', '--patch', patch])
  }
})
