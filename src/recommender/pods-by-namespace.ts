import type { PodsOfContainer } from './discovery/pods-of-container.ts'
import type { PodHistory } from './discovery/pod-history.ts'
import type { MetricWindow } from './metric-window.ts'
import type { NamespacePods } from './usage/plan-shards.ts'

/** Pods that are gone were there for a part of the window only; halving helps where this is too low. */
const SHARE_OF_GONE = 0.3

/** The pods of a scan with their containers, by namespace. */
export function podsByNamespace(
  found: readonly PodsOfContainer[],
  history: PodHistory,
  window: MetricWindow,
): readonly NamespacePods[] {
  const pointsPerSeries = window.seconds / window.stepSeconds
  return [...containersByPod(found)].map(([namespace, pods]) => ({
    namespace,
    pods: [...pods].map(([pod, { containers, deleted }]) => ({
      namespace,
      pod,
      containers: [...containers],
      points: containers.size * pointsPerSeries * (deleted ? SHARE_OF_GONE : 1),
    })),
    others: Math.max(0, (history.podsPerNamespace.get(namespace) ?? 0) - pods.size),
  }))
}

interface PodContainers {
  readonly containers: Set<string>
  readonly deleted: boolean
}
/** Two workloads can claim the same pod; it is asked for once. */
function containersByPod(found: readonly PodsOfContainer[]): ReadonlyMap<string, ReadonlyMap<string, PodContainers>> {
  const namespaces = new Map<string, Map<string, PodContainers>>()
  for (const { container, pods } of found) {
    const known = namespaces.get(container.namespace) ?? new Map<string, PodContainers>()
    namespaces.set(container.namespace, known)
    for (const { name, deleted } of pods) {
      const pod = known.get(name) ?? { containers: new Set<string>(), deleted }
      known.set(name, pod)
      pod.containers.add(container.container)
    }
  }
  return namespaces
}
