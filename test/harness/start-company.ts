import type { ControlPlaneConnection } from './start-control-plane.ts'
import { deployment, type DeploymentSketch } from './deployment.ts'
import { connectKubeApi, type KubeApi } from './kube-api.ts'
import { makeNamespace } from './make-namespace.ts'
import { metricHistory } from './metric-history.ts'
import { observePods, type UsageOf } from './observe-pods.ts'
import type { PrometheusBinaries } from './prometheus-binaries.ts'
import { startPrometheus } from './start-prometheus.ts'
import { waitForRollout } from './wait-for-rollout.ts'

/** A namespace with running workloads, and a Prometheus that knows their past. */
export interface Company {
  readonly namespace: string
  readonly prometheusUrl: string
  readonly api: KubeApi
  readonly stop: () => Promise<void>
}
export interface CompanySketch {
  readonly name: string
  readonly workloads: readonly DeploymentSketch[]
  readonly usage: UsageOf
}

/** Starts the workloads, waits until they run, and writes two days of history about exactly those pods. */
export async function startCompany(
  controlPlane: ControlPlaneConnection,
  prometheus: PrometheusBinaries,
  sketch: CompanySketch,
): Promise<Company> {
  const api = await connectKubeApi({ ...controlPlane, token: controlPlane.adminToken })
  const namespace = await makeNamespace(api, sketch.name)
  for (const workload of sketch.workloads)
    await api.post(`/apis/apps/v1/namespaces/${namespace}/deployments`, deployment(workload))
  for (const { name } of sketch.workloads) await waitForRollout(api, namespace, { name })
  const pods = await observePods(api, namespace, sketch.usage)
  const text = metricHistory({ until: Math.floor(Date.now() / 1000) + 600, hours: 48, pods })
  const running = await startPrometheus(prometheus, { kind: 'open_metrics', text })
  return {
    namespace,
    prometheusUrl: running.url,
    api,
    stop: async () => {
      await running.stop()
      // The nodes are shared: what a company reserves would be missing to the next one.
      await api.delete(`/api/v1/namespaces/${namespace}`)
      await api.close()
    },
  }
}
