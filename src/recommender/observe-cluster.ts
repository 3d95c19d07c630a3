import type {
  ObservedAutoscaler,
  ObservedContainer,
  ObservedPod,
  Scope,
  UnreadKind,
  UnscannedWorkload,
} from '../model/observation.ts'
import type { Problem } from '../model/problem.ts'
import { ok } from '../model/result.ts'
import type { Result } from '../model/result.ts'
import type { ScanReader } from '../ports/cluster-reader.ts'

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
  const [listing, autoscalers, all] = await Promise.all([
    cluster.workloads(scope),
    cluster.autoscalers(scope),
    autoscalersWithoutSelector(cluster, scope),
  ])
  if (!listing.ok) return listing
  const { containers } = listing.value
  const namespaces = [...new Set(containers.map((container) => container.namespace))]
  const pods = await podsOf(cluster, scope, namespaces)
  const autoscalerOf = autoscalerFinder(autoscalers.ok ? autoscalers.value : [])
  const anyAutoscalerOf = autoscalerFinder(all)
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
    unscanned: listing.value.unscanned ?? [],
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

/** A scan of everything needs one list; one of a few namespaces must not need a permission for all of them. */
async function podsOf(
  cluster: ScanReader,
  scope: Scope,
  namespaces: readonly string[],
): Promise<Result<readonly ObservedPod[]>> {
  if (namespaces.length === 0) return ok([])
  const pods = await cluster.pods({ namespaces: scope.namespaces.length === 0 ? [] : namespaces })
  if (!pods.ok) return pods
  const wanted = new Set(namespaces)
  return ok(pods.value.filter((pod) => wanted.has(pod.namespace)))
}

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
