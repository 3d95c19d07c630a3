import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { resolveConnection } from '../../../src/adapters/kubernetes/kubeconfig/resolve-connection.ts'
import { connectReader } from '../../../src/adapters/kubernetes/read/connect-reader.ts'
import { openPrometheus, type ClusterSide } from '../../../src/main/wire/open-prometheus.ts'
import { ok } from '../../../src/model/result.ts'
import { unixSeconds } from '../../../src/model/time.ts'
import type { CommonOptions } from '../../../src/surfaces/options/option-values.ts'
import { makeCertificate } from '../../adapters/kubernetes/support/make-certificate.ts'
import { type Forward, forwardTo } from '../../adapters/prometheus/support/forward-to.ts'
import { connectKubeApi, type KubeApi } from '../../harness/kube-api.ts'
import { postObjects } from '../../harness/post-objects.ts'
import { type ControlPlane, startControlPlane } from '../../harness/start-control-plane.ts'
import { type RunningPrometheus, startPrometheus } from '../../harness/start-prometheus.ts'
import { temporaryDirectory, type TemporaryDirectory } from '../../harness/temporary-directory.ts'
import { problemOf, valueOf } from '../../safety/support/value-of.ts'

const AT = 1_793_491_200
const METRICS = `# TYPE cpu gauge\ncpu{cluster="eu-1",pod="a"} 0.25 ${AT}\ncpu{cluster="us-1",pod="a"} 0.5 ${AT}\n# EOF\n`
const SERVICES = '/api/v1/namespaces/monitoring/services'
const RBAC = '/apis/rbac.authorization.k8s.io/v1'

const [binaries, metrics] = [inject('controlPlaneBinaries'), inject('prometheusBinaries')]
// A control plane of its own: discovery looks at the whole cluster, and other suites would find what is put there.
describe.skipIf(binaries.kind !== 'available' || metrics.kind !== 'available')(
  'a Prometheus behind an API server',
  () => {
    const authority = makeCertificate({ commonName: 'clients', authority: true })
    const cleanUp: (() => Promise<unknown>)[] = []
    let controlPlane: ControlPlane
    let api: KubeApi
    let prometheus: RunningPrometheus
    let forward: Forward
    let directory: TemporaryDirectory

    const addService = async (name: string, labels: object): Promise<void> => {
      const metadata = { name, namespace: 'monitoring', labels }
      const ports = [
        { name: 'grpc', port: 10_901 },
        { name: 'http', port: 80 },
      ]
      await api.post(SERVICES, { apiVersion: 'v1', kind: 'Service', metadata, spec: { ports } })
      // An API server passes nothing on to an address that is not that of a pod behind the service.
      const targetRef = { kind: 'Pod', name: 'prometheus-0', namespace: 'monitoring' }
      const subsets = [
        { addresses: [{ ip: forward.address, targetRef }], ports: [{ name: 'http', port: forward.port }] },
      ]
      await api.post('/api/v1/namespaces/monitoring/endpoints', {
        apiVersion: 'v1',
        kind: 'Endpoints',
        metadata: { name, namespace: 'monitoring' },
        subsets,
      })
    }
    const addPod = async (): Promise<void> => {
      const body = {
        apiVersion: 'v1',
        kind: 'Pod',
        metadata: { name: 'prometheus-0', namespace: 'monitoring' },
        spec: { containers: [{ name: 'prometheus', image: 'prometheus' }] },
      }
      const status = { phase: 'Running', podIP: forward.address, podIPs: [{ ip: forward.address }] }
      await postObjects(api, [{ path: '/api/v1/namespaces/monitoring/pods', body, status }])
    }
    const allow = async (user: string, name: string, rules: readonly object[]): Promise<void> => {
      const metadata = { name }
      await api.post(`${RBAC}/clusterroles`, { metadata, rules })
      const roleRef = { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name }
      const subjects = [{ apiGroup: 'rbac.authorization.k8s.io', kind: 'User', name: user }]
      await api.post(`${RBAC}/clusterrolebindings`, { metadata, roleRef, subjects })
    }
    const LOOK = [
      { apiGroups: [''], resources: ['services'], verbs: ['list'] },
      { apiGroups: ['networking.k8s.io'], resources: ['ingresses'], verbs: ['list'] },
    ]
    const ASK = {
      apiGroups: [''],
      resources: ['services/proxy'],
      resourceNames: ['prometheus-server:80'],
      verbs: ['get'],
    }

    beforeAll(async () => {
      if (binaries.kind !== 'available' || metrics.kind !== 'available') return
      controlPlane = await startControlPlane(binaries.value, { controllers: false, clientAuthority: authority.cert })
      cleanUp.push(() => controlPlane.stop())
      const { connection } = controlPlane
      directory = await temporaryDirectory('client')
      cleanUp.push(directory.remove)
      api = await connectKubeApi({ ...connection, token: connection.adminToken })
      cleanUp.push(api.close)
      prometheus = await startPrometheus(metrics.value, { kind: 'open_metrics', text: METRICS })
      cleanUp.push(prometheus.stop)
      forward = await forwardTo(Number(new URL(prometheus.url).port))
      cleanUp.push(forward.close)
      await api.post('/api/v1/namespaces', { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'monitoring' } })
      await addPod()
      await addService('prometheus-server', { app: 'prometheus', component: 'server' })
      await allow('cert-user', 'look-and-ask', [...LOOK, ASK])
      await allow('viewer', 'look', LOOK)
      await allow('alice', 'ask', [ASK])
    })
    afterAll(async () => {
      for (const end of cleanUp.reverse()) await end()
    })

    async function open(kubeconfig: string, options: CommonOptions = {}) {
      const connection = valueOf(await resolveConnection({ kubeconfig, environment: {} }))
      const reader = connectReader(connection)
      const side: ClusterSide = {
        connection: () => Promise.resolve(ok(connection)),
        reader: () => Promise.resolve(ok(reader)),
      }
      const usage = await openPrometheus(options, side, {})
      await reader.close()
      if (usage.ok) cleanUp.push(() => usage.value.close())
      return usage
    }
    const withCertificate = async (): Promise<string> => {
      const { cert, key } = makeCertificate({ commonName: 'cert-user', issuer: authority })
      const base64 = (text: string): string => Buffer.from(text).toString('base64')
      const config = JSON.parse(await readFile(controlPlane.connection.kubeconfigFile, 'utf8')) as {
        users: { user: object }[]
      }
      config.users[0]!.user = { 'client-certificate-data': base64(cert), 'client-key-data': base64(key) }
      const path = join(directory.path, 'certificate.kubeconfig')
      await writeFile(path, JSON.stringify(config), { mode: 0o600 })
      return path
    }
    const cpuOf = async (usage: Awaited<ReturnType<typeof open>>) =>
      valueOf(await valueOf(usage).instant('cpu{cluster="eu-1"}', unixSeconds(AT))).map(({ value }) => value)

    it('is found and asked by a token', async () => {
      const usage = await open(controlPlane.connection.kubeconfigFiles.operator)
      expect(await cpuOf(usage)).toEqual([0.25])
      expect(valueOf(usage)).toMatchObject({
        engine: 'Prometheus',
        notes: ['Found in the cluster: Prometheus, service monitoring/prometheus-server:80, through the API server.'],
      })
      const window = { start: unixSeconds(AT - 60), end: unixSeconds(AT), stepSeconds: 60 }
      expect(valueOf(await valueOf(usage).range('sum(cpu)', window))[0]?.points.at(-1)).toEqual([AT, 0.75])
    })

    it('is found and asked by a client certificate, where krr fails, with no more than the documented permissions', async () => {
      expect(await cpuOf(await open(await withCertificate()))).toEqual([0.25])
    })

    it('is asked by whoever may only ask this one, when it is named', async () => {
      const { alice } = controlPlane.connection.kubeconfigFiles
      expect(await cpuOf(await open(alice, { prometheusService: 'monitoring/prometheus-server:80' }))).toEqual([0.25])
      expect(problemOf(await open(alice))).toMatchObject({
        reason: 'api_forbidden',
        message: expect.stringContaining('You may not list services'),
      })
    })

    it('is not asked by whoever may only look: what is missing is said', async () => {
      expect(problemOf(await open(controlPlane.connection.kubeconfigFiles.viewer))).toMatchObject({
        reason: 'api_forbidden',
        message: expect.stringMatching(
          /Prometheus \(service monitoring\/prometheus-server:80\).*You may not get services\/proxy/,
        ),
      })
    })

    it('would need another permission for a form, which is why it is asked with GET', async () => {
      const { connection } = controlPlane
      const alice = await connectKubeApi({ ...connection, token: connection.tokens.alice })
      const path = `${SERVICES}/prometheus-server:80/proxy/api/v1/query?query=vector(1)`
      expect((await alice.request({ method: 'GET', path })).status).toBe(200)
      const posted = await alice.request({ method: 'POST', path })
      await alice.close()
      expect([posted.status, JSON.stringify(posted.body)]).toEqual([403, expect.stringContaining('cannot create')])
    })

    it('hears what Prometheus says of a query that it refuses', async () => {
      const usage = valueOf(await open(controlPlane.connection.kubeconfigFiles.operator))
      expect(problemOf(await usage.instant('sum(', unixSeconds(AT)))).toMatchObject({
        reason: 'prometheus_refused',
        message: expect.stringContaining('parse error'),
      })
    })

    it('knows the clusters by their label', async () => {
      const { operator } = controlPlane.connection.kubeconfigFiles
      const label = { prometheusLabel: 'cluster' }
      expect(valueOf(await open(operator, { ...label, prometheusClusterLabel: 'us-1' })).clusterLabel?.value).toBe(
        'us-1',
      )
      expect(problemOf(await open(operator, { ...label, prometheusClusterLabel: 'x' })).message).toContain('eu-1, us-1')
    })

    it('whose pods are gone is said to be so', async () => {
      const metadata = { name: 'gone', namespace: 'monitoring', labels: { app: 'gone' } }
      await api.post(SERVICES, {
        apiVersion: 'v1',
        kind: 'Service',
        metadata,
        spec: { ports: [{ name: 'http', port: 80 }] },
      })
      const { operator } = controlPlane.connection.kubeconfigFiles
      const usage = valueOf(await open(operator, { prometheusService: 'monitoring/gone:80' }))
      expect(problemOf(await usage.instant('cpu', unixSeconds(AT))).message).toMatch(/endpoints|gone/)
    })

    it('must be named where there are two', async () => {
      await addService('prometheus-other', { app: 'prometheus-server' })
      const { operator } = controlPlane.connection.kubeconfigFiles
      expect(problemOf(await open(operator))).toMatchObject({
        reason: 'prometheus_ambiguous',
        next: expect.stringContaining('`--prometheus-service monitoring/prometheus-other:80`'),
      })
      expect(await cpuOf(await open(operator, { prometheusService: 'monitoring/prometheus-other:80' }))).toEqual([0.25])
    })
  },
)
