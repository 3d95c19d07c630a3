import type { Size } from '../sizes.ts'

/** A workload of the benchmark's cluster, with its pods of now, and those of before its last rollout. */
export interface BenchWorkload {
  readonly kind: 'Deployment' | 'StatefulSet' | 'DaemonSet'
  readonly namespace: string
  readonly name: string
  readonly containers: readonly string[]
  readonly pods: readonly string[]
  readonly gone: readonly string[]
  /** Restarted once: two series where others have one. */
  readonly restarted: boolean
}
type Shape = Pick<BenchWorkload, 'kind' | 'containers'> & { readonly pods: number; readonly rolled?: true }

/** One after the other, over and over: 18 pod-containers, seven rows. */
const SHAPES: readonly Shape[] = [
  { kind: 'Deployment', pods: 2, containers: ['app'] },
  { kind: 'Deployment', pods: 3, containers: ['app', 'proxy'] },
  { kind: 'StatefulSet', pods: 3, containers: ['db'] },
  { kind: 'Deployment', pods: 1, containers: ['app'], rolled: true },
  { kind: 'DaemonSet', pods: 4, containers: ['agent'] },
  { kind: 'Deployment', pods: 1, containers: ['app'] },
]
const PER_NAMESPACE = 12

/** Workloads with about so many pod-containers, in namespaces of twelve workloads each. */
export function planCluster({ podContainers }: Size): readonly BenchWorkload[] {
  const workloads: BenchWorkload[] = []
  let made = 0
  for (let index = 0; made < podContainers; index += 1) {
    const shape = SHAPES[index % SHAPES.length]
    if (!shape) break
    const workload = workloadOf(shape, index)
    workloads.push(workload)
    made += (workload.pods.length + workload.gone.length) * workload.containers.length
  }
  return workloads
}

export const namespacesOf = (workloads: readonly BenchWorkload[]): readonly string[] => [
  ...new Set(workloads.map(({ namespace }) => namespace)),
]

function workloadOf({ kind, containers, pods, rolled }: Shape, index: number): BenchWorkload {
  const name = `${kind === 'DaemonSet' ? 'agent' : containers[0]}-${index}`
  const named = (set: string): readonly string[] => Array.from({ length: pods }, (_, pod) => `${set}-${pod}`)
  return {
    kind,
    namespace: `team-${String(Math.floor(index / PER_NAMESPACE)).padStart(4, '0')}`,
    name,
    containers,
    pods: named(kind === 'Deployment' ? `${name}-new` : name),
    gone: rolled ? named(`${name}-old`) : [],
    restarted: index % 40 === 7,
  }
}
