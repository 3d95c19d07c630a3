import { afterAll, beforeAll, expect, it } from 'vitest'
import { deployment } from './deployment.ts'
import { describeRealWithMetrics } from './describe-real.ts'
import { connectKubeApi, type KubeApi } from './kube-api.ts'
import { listPods } from './list-pods.ts'
import { makeNamespace } from './make-namespace.ts'
import { metricHistory } from './metric-history.ts'
import { observePods } from './observe-pods.ts'
import { queryPrometheus } from './query-prometheus.ts'
import { type RunningPrometheus, startPrometheus } from './start-prometheus.ts'
import { waitForRollout } from './wait-for-rollout.ts'

const UNTIL = 1_793_491_200

describeRealWithMetrics('a history of pods that really run', (controlPlane, binaries) => {
  let api: KubeApi
  let namespace: string
  let prometheus: RunningPrometheus
  beforeAll(async () => {
    api = await connectKubeApi({ ...controlPlane, token: controlPlane.adminToken })
    namespace = await makeNamespace(api, 'history')
    const containers = { app: { requests: { cpu: '100m' }, limits: { memory: '1Gi' } } }
    await api.post(
      `/apis/apps/v1/namespaces/${namespace}/deployments`,
      deployment({ name: 'web', replicas: 2, containers }),
    )
    await waitForRollout(api, namespace, { name: 'web' })
    const spike = { secondsBefore: 3600, seconds: 300, value: 900e6 }
    const pods = await observePods(api, namespace, () => ({
      cores: 0.25,
      memoryBytes: { base: 100e6, wave: 0.5, spike },
    }))
    const text = metricHistory({ until: UNTIL, hours: 26, pods })
    prometheus = await startPrometheus(binaries, { kind: 'open_metrics', text })
  })
  afterAll(async () => {
    await prometheus?.stop()
    await api.close()
  })

  const ask = async (query: string): Promise<readonly string[]> =>
    (await queryPrometheus(prometheus.url, query, UNTIL)).map(({ value }) => value[1])

  it('has the usage that it was told, with the wave and the spike', async () => {
    const cpu = `quantile_over_time(0.95, sum by (pod) (rate(container_cpu_usage_seconds_total{container="app"}[75s]))[1d:75s])`
    expect(await ask(cpu)).toEqual(['0.25', '0.25'])
    expect(await ask('max_over_time(container_memory_working_set_bytes[1d])')).toEqual(['900000000', '900000000'])
    expect(await ask('max_over_time(container_memory_working_set_bytes[50m])')).not.toContain('900000000')
    expect(await ask('min_over_time(container_memory_working_set_bytes[1d])')).toEqual(['50000000', '50000000'])
  })

  it('leads from the pods of the cluster to their Deployment', async () => {
    const uids = (await listPods(api, namespace)).map(({ metadata }) => metadata.uid)
    const known = await queryPrometheus(prometheus.url, 'kube_pod_info', UNTIL)
    expect(new Set(known.map(({ metric }) => metric['uid']))).toEqual(new Set(uids))
    const owners = await queryPrometheus(prometheus.url, 'kube_replicaset_owner{owner_kind="Deployment"}', UNTIL)
    expect(owners.map(({ metric }) => metric['owner_name'])).toEqual(['web'])
    expect(await ask('count(kube_pod_owner{owner_kind="ReplicaSet"})')).toEqual(['2'])
    expect(await ask('max(kube_pod_container_resource_limits{resource="memory"})')).toEqual([String(2 ** 30)])
    expect(await ask('sum(kube_pod_status_phase{phase="Running"})')).toEqual(['2'])
  })
})
