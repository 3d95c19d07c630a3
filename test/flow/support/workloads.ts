import type { ControlPlaneConnection } from '../../harness/start-control-plane.ts'
import type { DeploymentSketch } from '../../harness/deployment.ts'
import { kubectlJson } from '../../harness/kubectl.ts'

const MEBIBYTE = 2 ** 20

/** Asks for far more than it uses. Healthy whatever it is given. */
export const web: DeploymentSketch = {
  name: 'web',
  replicas: 2,
  containers: { app: { requests: { cpu: '800m', memory: '1Gi' }, limits: { memory: '2Gi' } } },
}
/** Needs more at its start than any scrape has seen: with the limit that the metrics suggest it is OOM-killed. */
export const cache: DeploymentSketch = {
  name: 'cache',
  replicas: 2,
  containers: { app: { requests: { cpu: '200m', memory: '512Mi' }, limits: { memory: '512Mi' } } },
  annotations: { 'sim.krr-mcp.dev/needs-memory': '400Mi' },
}

/** What the metrics have seen of them. */
export const quietUsage = (): { cores: number; memoryBytes: number } => ({ cores: 0.1, memoryBytes: 150 * MEBIBYTE })

export interface Resources {
  readonly requests?: Readonly<Record<string, string>>
  readonly limits?: Readonly<Record<string, string>>
}
interface ReplicaSet {
  readonly metadata: { readonly name: string; readonly labels: Readonly<Record<string, string>> }
  readonly spec: { readonly replicas: number }
}

/** The resources of a Deployment's only container, read back with kubectl. */
export async function resourcesOf(
  controlPlane: ControlPlaneConnection,
  namespace: string,
  name: string,
): Promise<Resources> {
  interface Found {
    spec: { template: { spec: { containers: { resources: Resources }[] } } }
  }
  const found = await kubectlJson<Found>(controlPlane, ['-n', namespace, 'get', 'deployment', name])
  const [container] = found.spec.template.spec.containers
  if (!container) throw new Error(`${name} has no container`)
  return container.resources
}

/** The names of a Deployment's ReplicaSets, and of the one that has pods. */
export async function replicaSetsOf(
  controlPlane: ControlPlaneConnection,
  namespace: string,
  app: string,
): Promise<{ all: readonly string[]; serving: readonly string[] }> {
  const { items } = await kubectlJson<{ items: ReplicaSet[] }>(controlPlane, [
    '-n',
    namespace,
    'get',
    'replicasets',
    '-l',
    `app=${app}`,
  ])
  const serving = items.filter(({ spec }) => spec.replicas > 0)
  return { all: items.map(({ metadata }) => metadata.name), serving: serving.map(({ metadata }) => metadata.name) }
}
