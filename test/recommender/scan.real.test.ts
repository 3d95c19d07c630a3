import { afterAll, beforeAll, expect, it } from 'vitest'
import { connectPrometheus } from '../../src/adapters/prometheus/connect-prometheus.ts'
import { resolveConnection } from '../../src/adapters/kubernetes/kubeconfig/resolve-connection.ts'
import { connectReader, type ConnectedReader } from '../../src/adapters/kubernetes/read/connect-reader.ts'
import type { ScanId } from '../../src/model/ids.ts'
import type { Scan } from '../../src/model/recommendation.ts'
import type { Result } from '../../src/model/result.ts'
import { unixSeconds, wallMillis } from '../../src/model/time.ts'
import { scan } from '../../src/recommender/scan.ts'
import { deployment } from '../harness/deployment.ts'
import { describeRealWithMetrics } from '../harness/describe-real.ts'
import { connectKubeApi, type KubeApi } from '../harness/kube-api.ts'
import { makeNamespace } from '../harness/make-namespace.ts'
import { metricHistory, type PodHistory } from '../harness/metric-history.ts'
import { observePods } from '../harness/observe-pods.ts'
import { type RunningPrometheus, startPrometheus } from '../harness/start-prometheus.ts'
import { waitForRollout } from '../harness/wait-for-rollout.ts'
import { simpleWith } from './support/chosen.ts'
import { valueOf } from './support/scan-world.ts'

const UNTIL = 1_793_491_200

describeRealWithMetrics('a scan of pods that really run', (controlPlane, binaries) => {
  let api: KubeApi
  let cluster: ConnectedReader
  let namespace: string
  let pods: readonly PodHistory[]
  const servers: RunningPrometheus[] = []

  const prometheusWith = async (known: readonly PodHistory[]): Promise<string> => {
    const text = metricHistory({ until: UNTIL, hours: 26, pods: known })
    const server = await startPrometheus(binaries, { kind: 'open_metrics', text })
    servers.push(server)
    return server.url
  }
  const scanWith = async (url: string): Promise<Result<Scan>> => {
    const usage = valueOf(connectPrometheus({ url, firstRetryMs: 1 }))
    const request = {
      id: 's-real' as ScanId,
      cluster: { name: 'test', source: 'live', fingerprint: valueOf(await cluster.fingerprint()) },
      chosen: simpleWith({ historyHours: 24 }),
      scope: { namespaces: [namespace], kinds: [] },
      evaluatedAt: unixSeconds(UNTIL),
      takenAt: wallMillis(UNTIL * 1000),
    } as const
    const result = await scan(request, { cluster, usage })
    await usage.close()
    return result
  }

  beforeAll(async () => {
    api = await connectKubeApi({ ...controlPlane, token: controlPlane.adminToken })
    cluster = connectReader(
      valueOf(await resolveConnection({ kubeconfig: controlPlane.kubeconfigFiles.operator, environment: {} })),
    )
    namespace = await makeNamespace(api, 'scan')
    const containers = { app: { requests: { cpu: '1', memory: '256Mi' }, limits: { memory: '512Mi' } } }
    await api.post(
      `/apis/apps/v1/namespaces/${namespace}/deployments`,
      deployment({ name: 'web', replicas: 2, containers }),
    )
    await waitForRollout(api, namespace, { name: 'web' })
    const usage = { cores: 0.2431, memoryBytes: 300 * 2 ** 20 }
    pods = await observePods(api, namespace, () => usage)
  })
  afterAll(async () => {
    for (const server of servers) await server.stop()
    await cluster.close()
    await api.close()
  })

  it('is bound to the cluster whose pods the metrics know, and says what each number rests on', async () => {
    const { rows, binding, errors, clusterSummary } = valueOf(await scanWith(await prometheusWith(pods)))
    const [row] = rows
    expect(rows).toHaveLength(1)
    expect(binding).toEqual({ kind: 'bound', matched: 2, running: 2 })
    expect(row).toMatchObject({
      row: 1,
      requests: { cpu: { value: 0.244, severity: 'CRITICAL' }, memory: { value: 345 * 2 ** 20, severity: 'GOOD' } },
      limits: { cpu: { value: null, severity: 'GOOD' }, memory: { value: 345 * 2 ** 20, severity: 'OK' } },
      warnings: [],
      severity: 'CRITICAL',
    })
    expect(row?.pods.map((pod) => pod.deleted)).toEqual([false, false])
    expect(row?.evidence.cpu.rule).toMatch(
      /^95th percentile of each pod's CPU over 24 h at 75 s steps, highest of 2 pods \(web-\S+: 0\.2431 cores\), rounded up to 1 millicore\.$/,
    )
    expect(row?.evidence.memory.rule).toMatch(/: 300 MiB\), plus 15 %, rounded up to 1 MiB\.$/)
    // This little history has no metrics of the server's own, and no requests of kube-system.
    expect(errors).toEqual([{ name: 'HistoryRangeError' }])
    expect(clusterSummary).toEqual({})
  })

  it("is not bound where the metrics are another cluster's, though every name is the same", async () => {
    const others = pods.map((pod) => ({ ...pod, uid: `${pod.uid.slice(0, -4)}0000` }))
    const { rows, binding } = valueOf(await scanWith(await prometheusWith(others)))
    expect(rows[0]?.requests.cpu.value).toBe(0.244)
    expect(binding).toMatchObject({ kind: 'unbound', matched: 0, running: 2 })
  })

  it('is refused where the metrics know no container of the scope', async () => {
    const elsewhere = pods.map((pod) => ({ ...pod, namespace: 'elsewhere' }))
    expect(await scanWith(await prometheusWith(elsewhere))).toMatchObject({
      ok: false,
      problem: { reason: 'prometheus_empty', message: expect.stringContaining(namespace) },
    })
  })

  it('says so where Prometheus does not answer', async () => {
    expect(await scanWith('http://127.0.0.1:9')).toMatchObject({
      ok: false,
      problem: { reason: 'prometheus_unreachable', message: expect.stringContaining('http://127.0.0.1:9') },
    })
  })
})
