import type { ControlPlaneBinaries } from '../../../test/harness/control-plane-binaries.ts'
import { connectKubeApi, type KubeApi } from '../../../test/harness/kube-api.ts'
import { postObjects } from '../../../test/harness/post-objects.ts'
import type { PrometheusBinaries } from '../../../test/harness/prometheus-binaries.ts'
import { type ControlPlaneConnection, startControlPlane } from '../../../test/harness/start-control-plane.ts'
import type { Size } from '../sizes.ts'
import { clusterBlocks } from './cluster-blocks.ts'
import { objectsOf } from './objects-of-cluster.ts'
import { type BenchWorkload, namespacesOf, planCluster } from './plan-cluster.ts'
import { type MeasuredPrometheus, startMeasuredPrometheus } from './start-measured-prometheus.ts'

export interface BenchWorld {
  readonly size: Size
  readonly workloads: readonly BenchWorkload[]
  readonly samples: number
  readonly controlPlane: ControlPlaneConnection
  readonly prometheus: MeasuredPrometheus
  readonly stop: () => Promise<void>
}
export interface BenchBinaries {
  readonly controlPlane: ControlPlaneBinaries
  readonly prometheus: PrometheusBinaries
}

const AT_ONCE = 16

/** A cluster of this size: its objects in an API server without controllers, its history in a Prometheus. */
export async function startBenchWorld(size: Size, binaries: BenchBinaries): Promise<BenchWorld> {
  const workloads = planCluster(size)
  const blocks = await clusterBlocks(workloads, size)
  const controlPlane = await startControlPlane(binaries.controlPlane, { controllers: false })
  try {
    await post(controlPlane.connection, workloads)
    const prometheus = await startMeasuredPrometheus(binaries.prometheus, blocks.folder)
    const stop = async (): Promise<void> => {
      await Promise.all([prometheus.stop(), controlPlane.stop()])
    }
    return { size, workloads, samples: blocks.samples, controlPlane: controlPlane.connection, prometheus, stop }
  } catch (error) {
    await controlPlane.stop()
    throw error
  }
}

async function post(controlPlane: ControlPlaneConnection, workloads: readonly BenchWorkload[]): Promise<void> {
  process.stderr.write('bench: posting objects\n')
  const api = await connectKubeApi({ ...controlPlane, token: controlPlane.adminToken })
  try {
    const namespaces = namespacesOf(workloads).map((name) => ({
      path: '/api/v1/namespaces',
      body: { apiVersion: 'v1', kind: 'Namespace', metadata: { name } },
    }))
    await postObjects(api, namespaces)
    const waiting = [...workloads]
    await Promise.all(Array.from({ length: AT_ONCE }, async () => await postNext(api, waiting)))
  } finally {
    await api.close()
  }
}

async function postNext(api: KubeApi, waiting: BenchWorkload[]): Promise<void> {
  for (let next = waiting.pop(); next; next = waiting.pop()) await postObjects(api, objectsOf(next))
}
