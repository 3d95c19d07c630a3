import { failed, ok } from '../model/result.ts'
import type { Result } from '../model/result.ts'
import type { UsageProblem } from '../ports/usage-reader.ts'
import { findPods } from './discovery/find-pods.ts'
import { podHistory } from './discovery/pod-history.ts'
import type { PodHistory } from './discovery/pod-history.ts'
import type { ObservedCluster } from './observe-cluster.ts'
import { podsByNamespace } from './pods-by-namespace.ts'
import { severalClusters } from './several-clusters.ts'
import { planShards } from './usage/plan-shards.ts'
import { usageLoad } from './usage/usage-load.ts'
import type { UsageLoad } from './usage/usage-load.ts'
import type { UsageNeeds } from './usage/usage-needs.ts'
import type { UsageSession } from './usage-session.ts'

export interface UsageQuestion {
  readonly observed: ObservedCluster
  readonly needs: UsageNeeds
  /** Points that one query may touch. */
  readonly budget: number
  /** See `UsageLoad`. */
  readonly longRanges: boolean
  /** The pods that were observed are those of the time that is asked about. */
  readonly present: boolean
}
/** What will be asked about usage, before any of it is. */
export interface PlannedUsage {
  readonly load: UsageLoad
  readonly history: PodHistory
}

/** Finds the pods of every container, and cuts the questions about them to size. Light queries only. */
export async function planUsage(
  session: UsageSession,
  { observed, needs, budget, longRanges, present }: UsageQuestion,
): Promise<Result<PlannedUsage, UsageProblem>> {
  const { containers, namespaces, pods } = observed
  const kinds = new Set(containers.map((container) => container.kind))
  const history = await podHistory(session, { namespaces, kinds, window: needs.window })
  if (!history.ok) return history
  // As of an older time, pods that are gone since are no other cluster's.
  const mixed = await severalClusters(session, history.value, present && pods.ok ? pods.value : undefined)
  if (mixed) return failed(mixed)
  const found = findPods(containers, history.value, pods.ok ? pods.value : [])
  const byNamespace = podsByNamespace(found, history.value, needs.window)
  const load = usageLoad({
    session,
    needs,
    budget,
    longRanges,
    containers: found,
    pods: byNamespace.flatMap((namespace) => namespace.pods),
    shards: planShards(byNamespace, budget),
  })
  return ok({ load, history: history.value })
}
