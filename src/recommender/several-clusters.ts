import type { ObservedPod } from '../model/observation.ts'
import type { UsageProblem } from '../ports/usage-reader.ts'
import type { PodHistory } from './discovery/pod-history.ts'
import { tellingLabels } from './telling-labels.ts'
import type { UsageSession } from './usage-session.ts'

/** Pods come and go while we look: this many of another cluster are no accident. */
const SHARE = 0.1
const LEAST_TWICE = 2
const LEAST_FOREIGN = 5

/**
 * Whether the metrics hold the pods of more than one cluster, and nobody said which is meant. Equal names of two
 * clusters are merged by the highest value then: every number would be somebody else's too. A problem, or undefined.
 */
export async function severalClusters(
  session: UsageSession,
  history: PodHistory,
  inCluster: readonly ObservedPod[] | undefined,
): Promise<UsageProblem | undefined> {
  // The label was chosen: every query has it.
  if (session.clusterMatcher !== '') return undefined
  const pair = twoRunsOfOnePod(history.uids) ?? (inCluster && foreignPod(history.uids, inCluster))
  if (!pair) return undefined
  const labels = await tellingLabels(session, pair)
  return {
    reason: 'several_clusters',
    message: `Prometheus at ${session.origin} has the pods of more than one cluster; ${pair.why}.`,
    next: labels === '' ? WITHOUT_LABEL : labels,
    tooMuch: false,
  }
}
const WITHOUT_LABEL =
  "use an address with this cluster's metrics only: no label of kube_pod_info tells the clusters apart"

/** Two pods as `namespace/pod/uid`, one of them of another cluster. */
export interface ForeignPair {
  readonly ours: string
  readonly other: string
  readonly why: string
}

/** The same name with two UIDs at once. A pod that was just replaced has two for some minutes; many at a time have not. */
function twoRunsOfOnePod(uids: ReadonlySet<string>): ForeignPair | undefined {
  const byPod = Map.groupBy(uids, (uid) => uid.slice(0, uid.lastIndexOf('/')))
  const twice = [...byPod.values()].filter((runs) => runs.length > 1)
  const [first] = twice
  const [ours, other] = first ?? []
  if (twice.length < Math.max(LEAST_TWICE, SHARE * byPod.size) || ours === undefined || other === undefined) {
    return undefined
  }
  return { ours, other, why: `${twice.length} pods are there twice, with different UIDs` }
}

/** Pods that this cluster does not have, beside those that it has. With none of ours the scan is unbound, which is said elsewhere. */
function foreignPod(uids: ReadonlySet<string>, inCluster: readonly ObservedPod[]): ForeignPair | undefined {
  const own = new Set(inCluster.map(({ namespace, name, uid }) => `${namespace}/${name}/${uid}`))
  const foreign = [...uids].filter((uid) => !own.has(uid))
  const ours = [...uids].find((uid) => own.has(uid))
  const [other] = foreign
  if (ours === undefined || other === undefined) return undefined
  if (foreign.length < Math.max(LEAST_FOREIGN, SHARE * uids.size)) return undefined
  return { ours, other, why: `${foreign.length} of ${uids.size} pods in these namespaces are not of this one` }
}
