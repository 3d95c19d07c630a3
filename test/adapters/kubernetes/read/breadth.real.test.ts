import { afterAll, beforeAll, expect, it } from 'vitest'
import { resolveConnection } from '../../../../src/adapters/kubernetes/kubeconfig/resolve-connection.ts'
import { type ConnectedReader, connectReader } from '../../../../src/adapters/kubernetes/read/connect-reader.ts'
import type { Scope } from '../../../../src/model/observation.ts'
import { unscannedWorkloads } from '../../../../src/recommender/unscanned-workloads.ts'
import { deployment } from '../../../harness/deployment.ts'
import { describeReal } from '../../../harness/describe-real.ts'
import { connectKubeApi, type KubeApi } from '../../../harness/kube-api.ts'
import { makeNamespace } from '../../../harness/make-namespace.ts'
import { waitForRollout } from '../../../harness/wait-for-rollout.ts'
import { expectOk } from '../support/expect-ok.ts'
import { rowName } from '../support/workload-api.ts'

const main = { name: 'main', image: 'registry.example/main:1', resources: { requests: { cpu: '10m' } } }
const podSpec = (more: object = {}) => ({ restartPolicy: 'Never', containers: [main], ...more })
const job = (name: string, more: object = {}) => ({
  apiVersion: 'batch/v1',
  kind: 'Job',
  metadata: { name, ...more },
  spec: { suspend: true, template: { metadata: { labels: { app: name } }, spec: podSpec() } },
})

describeReal('the breadth of the reader on a real API server', (controlPlane) => {
  let api: KubeApi
  let reader: ConnectedReader
  let one: string
  let two: string

  beforeAll(async () => {
    api = await connectKubeApi({ ...controlPlane, token: controlPlane.adminToken })
    reader = connectReader(
      expectOk(await resolveConnection({ kubeconfig: controlPlane.kubeconfigFiles.operator, environment: {} })),
    )
    one = await makeNamespace(api, 'breadth')
    two = await makeNamespace(api, 'breadth')
    const jobs = (namespace: string) => `/apis/batch/v1/namespaces/${namespace}/jobs`
    const sketch = deployment({ name: 'web', containers: { app: { requests: { cpu: '100m' } } } })
    const { spec } = (sketch as { spec: { template: { spec: object } } }).spec.template
    Object.assign(spec, {
      initContainers: [
        { ...main, name: 'proxy', restartPolicy: 'Always' },
        { ...main, name: 'init' },
      ],
    })
    await api.post(`/apis/apps/v1/namespaces/${one}/deployments`, sketch)
    const blue = { labels: { team: 'blue' } }
    for (const name of ['a', 'b']) await api.post(jobs(one), job(name, blue))
    await api.post(jobs(one), job('alone'))
    await api.post(jobs(two), job('c', blue))
    const cronJob = await api.post<{ metadata: { uid: string } }>(`/apis/batch/v1/namespaces/${one}/cronjobs`, {
      apiVersion: 'batch/v1',
      kind: 'CronJob',
      metadata: { name: 'nightly' },
      spec: { suspend: true, schedule: '0 3 * * *', jobTemplate: { spec: { template: { spec: podSpec() } } } },
    })
    const owner = {
      apiVersion: 'batch/v1',
      kind: 'CronJob',
      name: 'nightly',
      uid: cronJob.metadata.uid,
      controller: true,
    }
    await api.post(jobs(one), job('nightly-1', { ownerReferences: [owner] }))
    await api.post(`/api/v1/namespaces/${two}/pods`, {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'bare' },
      spec: podSpec(),
    })
    await waitForRollout(api, one, { name: 'web' })
  })
  afterAll(async () => {
    await reader.close()
    await api.close()
  })
  const read = async (scope: Partial<Scope> = {}) =>
    expectOk(await reader.workloads({ namespaces: [one, two], kinds: [], ...scope }))
  const grouping = { labels: ['team'], limit: 500 }

  it('groups jobs, finds native sidecars and the jobs of CronJobs', async () => {
    const { containers } = await read({ jobGrouping: grouping })
    expect(containers.map((row) => [rowName(row), row.jobs, row.deviations])).toEqual([
      [`Deployment ${one}/web/app`, undefined, undefined],
      [`Deployment ${one}/web/proxy`, undefined, ['native_sidecar']],
      [`Job ${one}/alone/main`, undefined, undefined],
      [`CronJob ${one}/nightly/main`, ['nightly-1'], undefined],
      [`GroupedJob ${one}/team=blue/main`, ['a', 'b'], ['own_jobs']],
      [`GroupedJob ${two}/team=blue/main`, ['c'], ['own_jobs']],
    ])
    const krr = await read({ jobGrouping: grouping, compat: 'krr' })
    expect(krr.containers.map((row) => [rowName(row), row.jobs]).slice(-2)).toEqual([
      [`GroupedJob ${one}/team=blue/main`, ['c']],
      [`GroupedJob ${two}/team=blue/main`, ['c']],
    ])
  })

  it('reads jobs page by page by the server’s own tokens, up to a limit', async () => {
    const jobs = async (most: number) => {
      const { containers, unread } = await read({ kinds: ['Job'], namespaces: [one], jobPages: { size: 1, most } })
      return [containers.map(({ name }) => name), unread.map(({ reason }) => reason)]
    }
    expect(await jobs(4)).toEqual([['a', 'alone', 'b'], []])
    expect(await jobs(2)).toEqual([['a', 'alone'], ['error']])
  })

  it('leaves namespaces out by name and by pattern', async () => {
    const namespacesOf = async (scope: Partial<Scope>) =>
      new Set((await read({ kinds: ['Job'], ...scope })).containers.map(({ namespace }) => namespace))
    expect(await namespacesOf({ excludeNamespaces: [one] })).toEqual(new Set([two]))
    const everywhere = await namespacesOf({ namespaces: [], excludeNamespaces: [`${one.slice(0, -1)}.`] })
    expect(everywhere.has(one)).toBe(false)
  })

  it('says what runs without a row', async () => {
    const bare = `/api/v1/namespaces/${two}/pods/bare`
    await expect.poll(async () => (await api.get<{ status: { phase: string } }>(bare)).status.phase).toBe('Running')
    const scope = { namespaces: [one, two], kinds: [] }
    const pods = expectOk(await reader.pods({ namespaces: [one, two] }))
    expect(pods.find(({ labels }) => labels['app'] === 'web')?.owner?.kind).toBe('ReplicaSet')
    expect(unscannedWorkloads(pods, await read(), scope)).toEqual([
      { kind: 'Pod', namespace: two, name: 'bare', pods: 1, reason: 'bare_pod' },
    ])
  })
})
