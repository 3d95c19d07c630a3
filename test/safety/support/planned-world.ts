import { setTimeout as sleep } from 'node:timers/promises'
import { connectDryRunner } from '../../../src/adapters/kubernetes/dry-run/connect-dry-runner.ts'
import { resolveConnection } from '../../../src/adapters/kubernetes/kubeconfig/resolve-connection.ts'
import { connectReader } from '../../../src/adapters/kubernetes/read/connect-reader.ts'
import type { ClusterFingerprint } from '../../../src/model/cluster.ts'
import type { KubeObject } from '../../../src/model/observation.ts'
import type { FrozenRequest, PlanTarget } from '../../../src/model/plan.ts'
import type { PlanPorts } from '../../../src/safety/plan/plan-wish.ts'
import { connectKubeApi, type KubeAnswer, type KubeApi } from '../../harness/kube-api.ts'
import type { ControlPlaneUser } from '../../harness/control-plane-users.ts'
import type { ControlPlaneConnection } from '../../harness/start-control-plane.ts'
import { look, lookNumber, lookText } from '../../../src/safety/checks/look.ts'
import { valueOf } from './value-of.ts'

const PLURALS = { Deployment: 'deployments', StatefulSet: 'statefulsets', DaemonSet: 'daemonsets' } as const

/** A real control plane as a plan sees it, and the test's own way to write to it. */
export interface PlannedWorld {
  readonly api: KubeApi
  readonly ports: PlanPorts
  readonly fingerprint: ClusterFingerprint
  /** Creates it, and waits until its controller has written what it writes to a new one. */
  readonly create: (namespace: string, kind: PlanTarget['kind'], manifest: object) => Promise<KubeObject>
  readonly live: (target: Pick<PlanTarget, 'kind' | 'namespace' | 'name'>) => Promise<KubeObject>
  /** Really sends frozen bytes. */
  readonly send: (request: FrozenRequest) => Promise<KubeAnswer>
  readonly close: () => Promise<void>
}

export async function plannedWorld(
  controlPlane: ControlPlaneConnection,
  user: ControlPlaneUser = 'operator',
): Promise<PlannedWorld> {
  const api = await connectKubeApi({ ...controlPlane, token: controlPlane.adminToken })
  const connection = valueOf(
    await resolveConnection({ kubeconfig: controlPlane.kubeconfigFiles[user], environment: {} }),
  )
  const [objects, dryRunner] = [connectReader(connection), connectDryRunner(connection)]
  const collection = (namespace: string, kind: PlanTarget['kind']): string =>
    `/apis/apps/v1/namespaces/${namespace}/${PLURALS[kind]}`
  return {
    api,
    ports: { objects, dryRunner },
    fingerprint: valueOf(await objects.fingerprint()),
    create: async (namespace, kind, manifest) => {
      const made = await api.post<KubeObject>(collection(namespace, kind), manifest)
      const path = `${collection(namespace, kind)}/${lookText(made, 'metadata', 'name')}`
      return await seenByController(() => api.get<KubeObject>(path))
    },
    live: ({ kind, namespace, name }) => api.get<KubeObject>(`${collection(namespace, kind)}/${name}`),
    send: ({ method, path, contentType, body }) =>
      api.request({ method, path, contentType, body: JSON.parse(body) as unknown }),
    close: async () => {
      await Promise.all([api.close(), objects.close(), dryRunner.close()])
    },
  }
}

async function seenByController(read: () => Promise<KubeObject>): Promise<KubeObject> {
  for (const deadline = Date.now() + 20_000; Date.now() < deadline;) {
    const object = await read()
    const seen = (lookNumber(object, 'status', 'observedGeneration') ?? 0) >= 1
    const revised = lookText(object, 'metadata', 'annotations', 'deployment.kubernetes.io/revision') !== undefined
    // A paused one gets no revision.
    const settled = object['kind'] !== 'Deployment' || revised || look(object, 'spec', 'paused') === true
    if (seen && settled) return object
    await sleep(50)
  }
  throw new Error('no controller has seen the workload in 20 s')
}
