import { readFile } from 'node:fs/promises'
import type { ControlPlaneBinaries } from './control-plane-binaries.ts'
import { type GoldenWorldName, goldenWorldFiles } from './golden-world-files.ts'
import { connectKubeApi } from './kube-api.ts'
import { type ObjectToPost, postObjects } from './post-objects.ts'
import type { PrometheusBinaries } from './prometheus-binaries.ts'
import { type ControlPlane, type ControlPlaneConnection, startControlPlane } from './start-control-plane.ts'
import { type RunningPrometheus, startPrometheus } from './start-prometheus.ts'

export interface GoldenWorld {
  readonly controlPlane: ControlPlaneConnection
  readonly prometheusUrl: string
  /** When krr looked at it, in seconds since the epoch. */
  readonly evaluatedAt: number
  readonly stop: () => Promise<void>
}

export interface GoldenWorldBinaries {
  readonly controlPlane: ControlPlaneBinaries
  readonly prometheus: PrometheusBinaries
}

/** The world that krr was asked about: its objects in an API server without controllers, its series in a Prometheus. */
export async function startGoldenWorld(name: GoldenWorldName, binaries: GoldenWorldBinaries): Promise<GoldenWorld> {
  const files = await goldenWorldFiles(name, binaries.prometheus)
  const started: { stop: () => Promise<void> }[] = []
  const stop = async (): Promise<void> => {
    await Promise.all(started.map(async (one) => await one.stop()))
  }
  const keep = <Running extends ControlPlane | RunningPrometheus>(one: Running): Running => {
    started.push(one)
    return one
  }
  try {
    const controlPlane = keep(await startControlPlane(binaries.controlPlane, { controllers: false }))
    await post(controlPlane.connection, files.objectsFile)
    const prometheus = keep(await startPrometheus(binaries.prometheus, { kind: 'blocks', directory: files.blocks }))
    const { evaluatedAt } = files
    return { controlPlane: controlPlane.connection, prometheusUrl: prometheus.url, evaluatedAt, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

async function post(controlPlane: ControlPlaneConnection, objectsFile: string): Promise<void> {
  const objects = JSON.parse(await readFile(objectsFile, 'utf8')) as readonly ObjectToPost[]
  const api = await connectKubeApi({ ...controlPlane, token: controlPlane.adminToken })
  try {
    await postObjects(api, objects)
  } finally {
    await api.close()
  }
}
