import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createBlocks } from '../../test/harness/create-blocks.ts'
import { connectKubeApi, type KubeApi } from '../../test/harness/kube-api.ts'
import { postObjects } from '../../test/harness/post-objects.ts'
import type { PrometheusBinaries } from '../../test/harness/prometheus-binaries.ts'
import type { ControlPlaneConnection } from '../../test/harness/start-control-plane.ts'
import { startPrometheus } from '../../test/harness/start-prometheus.ts'
import { CUSTOM_RESOURCES } from './custom-resources.ts'
import { API } from './objects/workload-object.ts'
import { objectsOfWorld } from './objects-of-world.ts'
import { NAMESPACES } from './plan-world.ts'
import { seriesOfWorld } from './series-of-world.ts'
import { writeOpenMetrics } from './series/write-open-metrics.ts'
import type { WorldPlan } from './world-plan.ts'

export interface StartedWorld {
  readonly prometheusUrl: string
  readonly samples: number
  readonly stop: () => Promise<void>
}
export interface WorldPlace {
  readonly controlPlane: ControlPlaneConnection
  readonly binaries: PrometheusBinaries
  /** The world's files are left here. */
  readonly folder: string
}

/** Once for an API server that has one world after the other. */
export async function prepareCluster(controlPlane: ControlPlaneConnection): Promise<void> {
  await withApi(controlPlane, async (api) => {
    const namespaces = NAMESPACES.filter((name) => name !== 'kube-system').map((name) => ({
      path: '/api/v1/namespaces',
      body: { apiVersion: 'v1', kind: 'Namespace', metadata: { name } },
    }))
    await postObjects(api, [...CUSTOM_RESOURCES, ...namespaces])
  })
}

/** Makes a world's objects the only ones of the API server, and starts a Prometheus that knows its series. */
export async function startWorld(
  plan: WorldPlan,
  { controlPlane, binaries, folder }: WorldPlace,
): Promise<StartedWorld> {
  const objects = objectsOfWorld(plan)
  await withApi(controlPlane, async (api) => {
    await clear(api)
    await postObjects(api, objects)
  })
  await mkdir(folder, { recursive: true })
  await writeFile(join(folder, 'objects.json'), JSON.stringify(objects, null, 1))
  await writeFile(join(folder, 'plan.json'), JSON.stringify(plan, asText, 1))
  const openMetricsFile = join(folder, 'series.om')
  const samples = await writeOpenMetrics(openMetricsFile, seriesOfWorld(plan))
  const blocks = join(folder, 'data')
  await createBlocks(binaries, { openMetricsFile, into: blocks })
  const { url, stop } = await startPrometheus(binaries, { kind: 'blocks', directory: blocks })
  return { prometheusUrl: url, samples, stop }
}

/** JSON knows neither NaN nor infinity. */
const asText = (_key: string, value: unknown): unknown =>
  typeof value === 'number' && !Number.isFinite(value) ? String(value) : value

async function clear(api: KubeApi): Promise<void> {
  const collections = NAMESPACES.flatMap((namespace) => [
    ...Object.values(API).map(([version, plural]) => `/apis/${version}/namespaces/${namespace}/${plural}`),
    `/apis/autoscaling/v2/namespaces/${namespace}/horizontalpodautoscalers`,
    `/api/v1/namespaces/${namespace}/pods`,
  ])
  await Promise.all(collections.map((path) => api.delete(`${path}?propagationPolicy=Background`)))
}

async function withApi(controlPlane: ControlPlaneConnection, work: (api: KubeApi) => Promise<void>): Promise<void> {
  const api = await connectKubeApi({ ...controlPlane, token: controlPlane.adminToken })
  try {
    await work(api)
  } finally {
    await api.close()
  }
}
