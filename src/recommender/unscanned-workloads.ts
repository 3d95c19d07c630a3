import type { ObservedPod, Scope, UnscannedWorkload, WorkloadListing } from '../model/observation.ts'
import { podCoverage } from './discovery/pod-coverage.ts'

/**
 * What runs and no row speaks for, by owner: bare and static pods, and pods of controllers that no scan knows. `pods`: all that
 * could be listed where the listing has looked. Nothing in krr's way, and nothing where a filter was to leave things out.
 */
export function unscannedWorkloads(
  pods: readonly ObservedPod[],
  listing: WorkloadListing,
  scope: Scope,
): readonly UnscannedWorkload[] {
  const { looked } = listing
  if (scope.compat === 'krr' || isFiltered(scope) || !looked) return []
  const isCovered = podCoverage(listing)
  const running = pods.filter((pod) => pod.phase === 'Running').filter(isWithin(looked))
  const found = new Map<string, UnscannedWorkload>()
  for (const pod of running.filter((each) => !isCovered(each))) {
    const one = describe(pod)
    const key = `${one.namespace}/${one.kind}/${one.name}`
    found.set(key, { ...one, pods: (found.get(key)?.pods ?? 0) + 1 })
  }
  return [...found.values()]
}

function isWithin({ namespaces, except }: NonNullable<WorkloadListing['looked']>): (pod: ObservedPod) => boolean {
  const [wanted, left] = [new Set(namespaces), new Set(except)]
  return ({ namespace }) => !left.has(namespace) && (wanted.size === 0 || wanted.has(namespace))
}

const isFiltered = ({ kinds, selector, workloads = [], containers = [] }: Scope): boolean =>
  (kinds.length > 0 && !kinds.includes('*')) || Boolean(selector) || workloads.length > 0 || containers.length > 0

/** A static pod is owned by its node, which is no controller: nobody's template says what it requests. */
function describe({ namespace, name, owner }: ObservedPod): Omit<UnscannedWorkload, 'pods'> {
  return !owner || owner.kind === 'Node'
    ? { kind: 'Pod', namespace, name, reason: 'bare_pod' }
    : { kind: owner.kind, namespace, name: owner.name, reason: 'unknown_owner' }
}
