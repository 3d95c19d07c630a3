import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { ClusterConnection } from '../../../../src/adapters/kubernetes/kubeconfig/cluster-connection.ts'
import { resolveConnection } from '../../../../src/adapters/kubernetes/kubeconfig/resolve-connection.ts'
import { type ConnectedReader, connectReader } from '../../../../src/adapters/kubernetes/read/connect-reader.ts'
import { deployment } from '../../../harness/deployment.ts'
import { describeReal } from '../../../harness/describe-real.ts'
import { connectKubeApi, type KubeApi } from '../../../harness/kube-api.ts'
import { makeNamespace } from '../../../harness/make-namespace.ts'
import { waitForRollout } from '../../../harness/wait-for-rollout.ts'
import { expectOk, expectProblem } from '../support/expect-ok.ts'

const template = (name: string, cpu: string) => ({
  metadata: { labels: { app: name } },
  spec: {
    restartPolicy: 'Never',
    containers: [{ name: 'work', image: 'registry.example/work:1', resources: { requests: { cpu } } }],
  },
})

describeReal('the reader on a real API server', (controlPlane) => {
  let api: KubeApi
  let reader: ConnectedReader
  let namespace: string
  let connection: ClusterConnection
  const as = async (kubeconfig: string): Promise<ClusterConnection> =>
    expectOk(await resolveConnection({ kubeconfig, environment: {} }))

  beforeAll(async () => {
    api = await connectKubeApi({ ...controlPlane, token: controlPlane.adminToken })
    connection = await as(controlPlane.kubeconfigFiles.operator)
    reader = connectReader(connection)
    namespace = await makeNamespace(api, 'reader')
    await api.post(
      `/apis/apps/v1/namespaces/${namespace}/deployments`,
      deployment({
        name: 'web',
        replicas: 2,
        labels: { team: 'blue' },
        containers: { app: { requests: { cpu: '0.25', memory: '1.5Gi' } }, side: { limits: { cpu: '100m' } } },
      }),
    )
    const batch = `/apis/batch/v1/namespaces/${namespace}`
    await api.post(`${batch}/jobs`, {
      apiVersion: 'batch/v1',
      kind: 'Job',
      metadata: { name: 'once' },
      spec: { suspend: true, template: template('once', '100u') },
    })
    await api.post(`${batch}/cronjobs`, {
      apiVersion: 'batch/v1',
      kind: 'CronJob',
      metadata: { name: 'nightly' },
      spec: { suspend: true, schedule: '0 3 * * *', jobTemplate: { spec: { template: template('nightly', '2') } } },
    })
    await waitForRollout(api, namespace, { name: 'web' })
  })
  afterAll(async () => {
    await reader.close()
    await api.close()
  })

  it('lists one row per container in krr order, with allocations in cores and bytes', async () => {
    const { containers, unread } = expectOk(
      await reader.workloads({ namespaces: [namespace.toUpperCase()], kinds: [] }),
    )
    expect(containers.map((row) => [row.kind, row.name, row.container, row.allocations.requests])).toEqual([
      ['Deployment', 'web', 'app', { cpu: 0.25, memory: 1.5 * 2 ** 30 }],
      ['Deployment', 'web', 'side', { cpu: null, memory: null }],
      ['Job', 'once', 'work', { cpu: 0.001, memory: null }],
      ['CronJob', 'nightly', 'work', { cpu: 2, memory: null }],
    ])
    expect(containers[0]).toMatchObject({
      namespace,
      labels: { app: 'web', team: 'blue' },
      selector: { matchLabels: { app: 'web' } },
    })
    expect(unread.map(({ kind, reason }) => `${kind} ${reason}`)).toEqual([
      'Rollout not_served',
      'StrimziPodSet not_served',
      'DeploymentConfig not_served',
    ])
  })

  it('expands a namespace pattern by full match and filters by label on the server', async () => {
    const pattern = `${namespace.slice(0, -2)}.{2}`.replace('{2}', '.')
    const found = expectOk(
      await reader.workloads({ namespaces: [pattern], kinds: ['deployment'], selector: 'team=blue' }),
    )
    expect(found.containers.map(({ container }) => container)).toEqual(['app', 'side'])
    const part = expectOk(await reader.workloads({ namespaces: ['(reader)'], kinds: ['deployment'] }))
    expect(part.containers).toEqual([])
  })

  it('tells the cluster by its kube-system UID', async () => {
    const { metadata } = await api.get<{ metadata: { uid: string } }>('/api/v1/namespaces/kube-system')
    const fingerprint = expectOk(await reader.fingerprint())
    expect(fingerprint).toEqual({
      kubeSystemUid: metadata.uid,
      apiOrigin: controlPlane.url,
      caHash: expect.stringMatching(/^[0-9a-f]{64}$/),
      serverVersion: expect.stringMatching(/^v1\./),
    })
  })

  it('reads pods, whole objects and lists', async () => {
    const pods = expectOk(
      await reader.pods({ namespaces: [namespace], labelSelector: 'app=web', fieldSelector: 'status.phase=Running' }),
    )
    expect(pods).toHaveLength(2)
    expect(pods[0]).toMatchObject({ namespace, phase: 'Running', labels: { app: 'web' } })
    const web = expectOk(await reader.workload({ kind: 'Deployment', namespace, name: 'web' }))
    expect(web).toMatchObject({ kind: 'Deployment', metadata: { managedFields: expect.any(Array) } })
    expect(expectOk(await reader.list({ api: '/apis/apps/v1', plural: 'replicasets', namespace }))).toHaveLength(1)
    expect(
      expectProblem(await reader.list({ api: '/apis/autoscaling.k8s.io/v1', plural: 'verticalpodautoscalers' })).reason,
    ).toBe('api_not_found')
    expect(expectProblem(await reader.workload({ kind: 'Deployment', namespace, name: 'gone' })).reason).toBe(
      'api_not_found',
    )
  })

  it('sees autoscalers as krr does', async () => {
    await api.post(`/apis/autoscaling/v2/namespaces/${namespace}/horizontalpodautoscalers`, {
      apiVersion: 'autoscaling/v2',
      kind: 'HorizontalPodAutoscaler',
      metadata: { name: 'web' },
      spec: {
        maxReplicas: 5,
        scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' },
        metrics: [
          { type: 'Resource', resource: { name: 'memory', target: { type: 'AverageValue', averageValue: '1Gi' } } },
          { type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 70 } } },
        ],
      },
    })
    expect(expectOk(await reader.autoscalers({ namespaces: [namespace], kinds: [] }))).toEqual([
      expect.objectContaining({
        namespace,
        targetKind: 'Deployment',
        targetName: 'web',
        minReplicas: 1,
        maxReplicas: 5,
        cpuUtilization: 70,
        memoryUtilization: null,
      }),
    ])
  })

  it('says which permission is missing, and how to check it', async () => {
    const stranger = connectReader(await as(controlPlane.kubeconfigFiles.stranger))
    const listing = expectOk(await stranger.workloads({ namespaces: [namespace], kinds: ['Deployment'] }))
    expect(listing).toEqual({
      containers: [],
      unread: [expect.objectContaining({ kind: 'Deployment', reason: 'forbidden' })],
      looked: { namespaces: [namespace], except: [] },
    })
    const problem = expectProblem(await stranger.workload({ kind: 'Deployment', namespace, name: 'web' }))
    expect(problem.message).toContain(`You may not get deployments.apps in namespace ${namespace}`)
    expect(problem.next).toContain(`auth can-i get deployments.apps -n ${namespace}`)
    expect(
      expectOk(await stranger.checkAccess({ verb: 'patch', group: 'apps', resource: 'deployments', namespace }))
        .allowed,
    ).toBe(false)
    expect(
      expectOk(await reader.checkAccess({ verb: 'patch', group: 'apps', resource: 'deployments', namespace })).allowed,
    ).toBe(true)
    await stranger.close()
  })

  it('acts as somebody else, with that one’s rights and groups', async () => {
    const asNobody = connectReader({ ...connection, impersonation: { user: 'nobody', groups: [] } })
    expect(expectOk(await asNobody.checkAccess({ verb: 'list', resource: 'pods' })).allowed).toBe(false)
    await asNobody.close()
    const asMaster = connectReader({
      ...connection,
      impersonation: { user: 'nobody', groups: ['one', 'system:masters'] },
    })
    expect(expectOk(await asMaster.checkAccess({ verb: 'list', resource: 'pods' })).allowed).toBe(true)
    await asMaster.close()
  })

  it('pages through a long list, and says no to secrets before the server can', async () => {
    const path = `/api/v1/namespaces/${namespace}/configmaps`
    const names = Array.from({ length: 1100 }, (_, index) => `entry-${String(index).padStart(4, '0')}`)
    const make = (name: string) =>
      api.post(path, { metadata: { name, labels: { many: 'yes' } }, data: { text: 'x'.repeat(500) } })
    for (let index = 0; index < names.length; index += 100) await Promise.all(names.slice(index, index + 100).map(make))
    const listed = expectOk(
      await reader.list({ api: '/api/v1', plural: 'configmaps', namespace, labelSelector: 'many=yes' }),
    )
    expect(listed.map(({ metadata }) => (metadata as { name: string }).name)).toEqual(names)
    const audit = await readFile(controlPlane.auditLogFile, 'utf8')
    const lists = audit.split('\n').filter((line) => line.includes('many%3Dyes') && line.includes('ResponseComplete'))
    expect(lists).toHaveLength(3)
    expect(expectProblem(await reader.list({ api: '/api/v1', plural: 'secrets', namespace })).reason).toBe(
      'request_refused_here',
    )
  })

  it('leaves out kube-system unless it is asked for', async () => {
    const sketch = deployment({ name: 'reader-dns' })
    await api.post('/apis/apps/v1/namespaces/kube-system/deployments', sketch)
    const namespacesOf = async (namespaces: readonly string[]) =>
      expectOk(await reader.workloads({ namespaces, kinds: ['Deployment'] })).containers.map((row) => row.namespace)
    expect(await namespacesOf([])).not.toContain('kube-system')
    expect(await namespacesOf([])).toContain(namespace)
    expect(await namespacesOf(['*'])).toEqual(expect.arrayContaining(['kube-system', namespace]))
    await api.delete('/apis/apps/v1/namespaces/kube-system/deployments/reader-dns')
  })

  it('takes a wrong token for what it is', async () => {
    const wrong = connectReader({
      ...connection,
      authorization: () => Promise.resolve({ ok: true, value: 'Bearer wrong' }),
    })
    expect(expectProblem(await wrong.fingerprint()).reason).toBe('api_unauthorized')
    await wrong.close()
  })
})
