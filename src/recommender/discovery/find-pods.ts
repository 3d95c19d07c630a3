import type { ObservedContainer, ObservedPod } from '../../model/observation.ts'
import type { ScannedPod } from '../../model/recommendation.ts'
import { workloadKey } from '../../model/workload.ts'
import { matchesSelector } from './matches-selector.ts'
import type { PodHistory } from './pod-history.ts'
import { POD_OWNER_RULES } from './pod-owner-rule.ts'
import type { PodsOfContainer } from './pods-of-container.ts'

/** Pods of every container: from the metrics, deleted ones too; where those know none, from the cluster. */
export function findPods(
  containers: readonly ObservedContainer[],
  history: PodHistory,
  apiPods: readonly ObservedPod[],
): readonly PodsOfContainer[] {
  const inCluster = byNamespace(apiPods)
  const found = new Map<string, Omit<PodsOfContainer, 'container'>>()
  return containers.map((container) => {
    const key = workloadKey(container)
    const pods = found.get(key) ?? podsOf(container, history, inCluster)
    found.set(key, pods)
    return { container, ...pods }
  })
}

function podsOf(
  container: ObservedContainer,
  history: PodHistory,
  inCluster: ReadonlyMap<string, readonly ObservedPod[]>,
): Omit<PodsOfContainer, 'container'> {
  const { namespace } = container
  const known = podsInMetrics(container, history)
  if (known.size > 0) {
    return { pods: scanned(known, (pod) => !history.running.has(`${namespace}/${pod}`)), fromApi: false }
  }
  const present = (inCluster.get(namespace) ?? []).filter(belongsTo(container))
  return { pods: scanned(new Set(present.map((pod) => pod.name)), () => false), fromApi: present.length > 0 }
}

/** By the workload's selector; the pods of a CronJob or a group of jobs are those of its jobs. */
function belongsTo({ selector, jobs = [] }: ObservedContainer): (pod: ObservedPod) => boolean {
  if (selector) return (pod) => matchesSelector(selector, pod.labels)
  const names = new Set(jobs)
  return ({ owner }) => owner?.kind === 'Job' && names.has(owner.name)
}

function podsInMetrics(container: ObservedContainer, history: PodHistory): ReadonlySet<string> {
  const { namespace, kind, name, jobs } = container
  const { podOwner, through } = POD_OWNER_RULES[kind]
  // The jobs of a CronJob that are there now are only its latest; the metrics know the others.
  const grouped = kind === 'GroupedJob' ? jobs : undefined
  const owners = grouped ?? (through ? history.owned.of({ namespace, kind, name }) : [name])
  const pods = new Set<string>()
  for (const owner of owners) {
    for (const pod of history.pods.of({ namespace, kind: podOwner, name: owner })) pods.add(pod)
  }
  return pods
}

/** By name: krr's own order is another one in every run. */
const scanned = (names: ReadonlySet<string>, deleted: (name: string) => boolean): readonly ScannedPod[] =>
  [...names].toSorted().map((name) => ({ name, deleted: deleted(name) }))

function byNamespace(pods: readonly ObservedPod[]): ReadonlyMap<string, readonly ObservedPod[]> {
  const map = new Map<string, ObservedPod[]>()
  for (const pod of pods) {
    const known = map.get(pod.namespace)
    if (known) known.push(pod)
    else map.set(pod.namespace, [pod])
  }
  return map
}
