import type {
  ObservedAutoscaler,
  ObservedContainer,
  ObservedPod,
  Scope,
  UnreadKind,
  UnscannedWorkload,
  WorkloadListing,
} from '../model/observation.ts'
import type { Problem } from '../model/problem.ts'
import { ok } from '../model/result.ts'
import type { Result } from '../model/result.ts'
import type { ScanReader } from '../ports/cluster-reader.ts'
import { unscannedWorkloads } from './unscanned-workloads.ts'

/** What a scan knows from the Kubernetes API. */
export interface ObservedCluster {
  readonly containers: readonly ObservedContainer[]
  readonly namespaces: readonly string[]
  /** Kinds that could not be read, autoscalers and pods among them: the scan goes on as krr's does, and says so. */
  readonly unread: readonly UnreadKind[]
  readonly autoscalerOf: (container: ObservedContainer) => ObservedAutoscaler | null
  /** An autoscaler that the scope's label selector keeps from view, as in krr. */
  readonly hiddenAutoscaler: (container: ObservedContainer) => boolean
  readonly unscanned: readonly UnscannedWorkload[]
  /** Of these namespaces. */
  readonly pods: Result<readonly ObservedPod[]>
}

/** Reads workloads, autoscalers and the pods of their namespaces. */
export async function observeCluster(cluster: ScanReader, scope: Scope): Promise<Result<ObservedCluster>> {
  const [listing, autoscalers, withoutSelector] = await Promise.all([
    cluster.workloads(scope),
    cluster.autoscalers(scope),
    autoscalersWithoutSelector(cluster, scope),
  ])
  if (!listing.ok) return listing
  const { containers } = listing.value
  const namespaces = [...new Set(containers.map((container) => container.namespace))]
  const { ofRows: pods, all } = await podsOf(cluster, scope, listing.value)
  const autoscalerOf = autoscalerFinder(autoscalers.ok ? autoscalers.value : [])
  const anyAutoscalerOf = autoscalerFinder(withoutSelector)
  return ok({
    containers,
    namespaces,
    unread: [
      ...listing.value.unread,
      ...(autoscalers.ok ? [] : [unread('HorizontalPodAutoscaler', autoscalers.problem)]),
      ...(pods.ok ? [] : [unread('Pod', pods.problem)]),
    ],
    autoscalerOf,
    hiddenAutoscaler: (container) => autoscalerOf(container) === null && anyAutoscalerOf(container) !== null,
    unscanned: unscannedWorkloads(all, listing.value, scope),
    pods,
  })
}

/** Only to say so: krr's numbers stay, the person learns of the autoscaler. */
async function autoscalersWithoutSelector(
  cluster: ScanReader,
  { selector, ...scope }: Scope,
): Promise<readonly ObservedAutoscaler[]> {
  if (selector === undefined) return []
  const all = await cluster.autoscalers(scope)
  return all.ok ? all.value : []
}

interface SeenPods {
  readonly ofRows: Result<readonly ObservedPod[]>
  /** Also where no row is. */
  readonly all: readonly ObservedPod[]
}
/** A scan of everything needs one list; one of a few namespaces must not need a permission for all of them. */
async function podsOf(cluster: ScanReader, scope: Scope, { containers, looked }: WorkloadListing): Promise<SeenPods> {
  const wanted = new Set(containers.map((container) => container.namespace))
  const everywhere = looked ? looked.namespaces.length === 0 : scope.namespaces.length === 0
  if (everywhere) {
    const pods = await cluster.pods({ namespaces: [] })
    if (!pods.ok) return { ofRows: pods, all: [] }
    return { ofRows: ok(pods.value.filter((pod) => wanted.has(pod.namespace))), all: pods.value }
  }
  const rest = (looked?.namespaces ?? []).filter((namespace) => !wanted.has(namespace))
  // Apart: a namespace without rows that may not be read must not unbind the scan.
  const [ofRows, others] = await Promise.all([podsIn(cluster, [...wanted]), podsIn(cluster, rest)])
  return { ofRows, all: [...(ofRows.ok ? ofRows.value : []), ...(others.ok ? others.value : [])] }
}

/** No namespace means none here; to the reader it would mean all. */
const podsIn = async (cluster: ScanReader, namespaces: readonly string[]): Promise<Result<readonly ObservedPod[]>> =>
  namespaces.length === 0 ? ok([]) : cluster.pods({ namespaces })

function autoscalerFinder(
  autoscalers: readonly ObservedAutoscaler[],
): (container: ObservedContainer) => ObservedAutoscaler | null {
  // The last one wins where several aim at the same workload, as in krr.
  const byTarget = new Map(
    autoscalers.map((each) => [`${each.namespace}/${each.targetKind}/${each.targetName}`, each] as const),
  )
  return ({ namespace, kind, name }) => byTarget.get(`${namespace}/${kind}/${name}`) ?? null
}

function unread(kind: string, { reason, message }: Problem): UnreadKind {
  if (reason === 'api_forbidden') return { kind, reason: 'forbidden', message }
  return { kind, reason: reason === 'api_not_found' ? 'not_served' : 'error', message }
}
