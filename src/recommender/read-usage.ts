import { failed, ok } from '../model/result.ts'
import type { Result } from '../model/result.ts'
import type { UsageProblem } from '../ports/usage-reader.ts'
import { findPods } from './discovery/find-pods.ts'
import { podHistory } from './discovery/pod-history.ts'
import type { PodHistory } from './discovery/pod-history.ts'
import type { PodsOfContainer } from './discovery/pods-of-container.ts'
import { noUsage } from './no-usage.ts'
import type { ObservedCluster } from './observe-cluster.ts'
import { podsByNamespace } from './pods-by-namespace.ts'
import { gatherUsage } from './usage/gather-usage.ts'
import type { GatheredUsage } from './usage/gather-usage.ts'
import { planShards } from './usage/plan-shards.ts'
import { usageLoad } from './usage/usage-load.ts'
import type { UsageLoad } from './usage/usage-load.ts'
import type { UsageNeeds } from './usage/usage-needs.ts'
import type { UsageSession } from './usage-session.ts'

/** Everything the metrics said about the containers of a scan. */
export interface ReadUsage {
  readonly found: readonly PodsOfContainer[]
  readonly gathered: GatheredUsage
  readonly history: PodHistory
}
export interface UsageQuestion {
  readonly observed: ObservedCluster
  readonly needs: UsageNeeds
  /** Points that one query may touch. */
  readonly budget: number
  /** See `UsageLoad`. */
  readonly longRanges: boolean
}

/** Finds the pods of every container, and reads their usage. */
export async function readUsage(
  session: UsageSession,
  { observed, needs, budget, longRanges }: UsageQuestion,
): Promise<Result<ReadUsage, UsageProblem>> {
  const { containers, namespaces, pods } = observed
  const kinds = new Set(containers.map((container) => container.kind))
  const history = await podHistory(session, { namespaces, kinds, window: needs.window })
  if (!history.ok) return history
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
  session.expect(queriesOf(load))
  const gathered = await gatherUsage(load)
  if (!gathered.ok) return gathered
  if (!gathered.value.any && containers.length > 0) {
    // "No data" in every row reads like a finding about the workloads; here it is one about the metrics.
    const empty = await noUsage(session, namespaces, needs.window)
    if (empty) return failed(empty)
  }
  return ok({ found, gathered: gathered.value, history: history.value })
}

/** At least so many queries follow: one per metric and shard. */
function queriesOf({ shards, needs }: UsageLoad): number {
  const light = 2
  const heavy = needs.cpu.kind === 'quantile' ? 2 : 1
  return shards.length * (light + heavy + (needs.oomLimits ? 1 : 0) + (needs.throttling ? 1 : 0))
}
