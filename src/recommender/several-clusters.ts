import type { ObservedPod } from '../model/observation.ts'
import type { UsageProblem } from '../ports/usage-reader.ts'
import type { PodHistory } from './discovery/pod-history.ts'
import { tellingLabels } from './telling-labels.ts'
import type { ForeignPair } from './telling-labels.ts'
import type { UsageSession } from './usage-session.ts'

/** Pods come and go while we look: this many of another cluster are no accident, even where no label tells. */
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
  const own = new Set((inCluster ?? []).map(({ namespace, name, uid }) => `${namespace}/${name}/${uid}`))
  const signs = [twoRunsOfOnePod(history.uids, own), foreignPod(history.uids, own)]
  const pair = signs.find((sign) => sign?.many) ?? signs.find((sign) => sign !== undefined)
  if (!pair) return undefined
  const labels = await tellingLabels(session, pair)
  if (!labels.ok) return labels.problem
  // A few pods may have come or gone just now; those that were scraped under another label did not.
  if (!pair.many && labels.value === '') return undefined
  return {
    reason: 'several_clusters',
    message: `Prometheus at ${session.origin} has the pods of more than one cluster; ${pair.why}.`,
    next: labels.value === '' ? WITHOUT_LABEL : labels.value,
    tooMuch: false,
  }
}
const WITHOUT_LABEL =
  'if many pods were replaced just now, scan again in some minutes; ' +
  "else use an address with this cluster's metrics only: no label of kube_pod_info tells the clusters apart"

/** The same name with two UIDs at once. A pod that was just replaced may have two for some minutes. */
function twoRunsOfOnePod(uids: ReadonlySet<string>, own: ReadonlySet<string>): ForeignPair | undefined {
  const byPod = Map.groupBy(uids, (uid) => uid.slice(0, uid.lastIndexOf('/')))
  const twice = [...byPod.values()].filter((runs) => runs.length > 1)
  const [first = []] = twice
  const [ours, other] = first.toSorted((a, b) => Number(own.has(b)) - Number(own.has(a)))
  if (ours === undefined || other === undefined) return undefined
  const pods = twice.length === 1 ? '1 pod is' : `${twice.length} pods are`
  const why = `${pods} there twice, with different UIDs`
  return { ours, other, why, many: twice.length >= Math.max(LEAST_TWICE, SHARE * byPod.size) }
}

/** Pods that this cluster does not have, beside those that it has. With none of ours the scan is unbound, which is said elsewhere. */
function foreignPod(uids: ReadonlySet<string>, own: ReadonlySet<string>): ForeignPair | undefined {
  const foreign = [...uids].filter((uid) => !own.has(uid))
  const ours = [...uids].find((uid) => own.has(uid))
  const [other] = foreign
  if (ours === undefined || other === undefined) return undefined
  const why = `${foreign.length} of ${uids.size} pods in these namespaces are not of this one`
  return { ours, other, why, many: foreign.length >= Math.max(LEAST_FOREIGN, SHARE * uids.size) }
}
