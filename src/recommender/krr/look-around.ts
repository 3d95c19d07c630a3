import type { ObservedContainer, Scope } from '../../model/observation.ts'
import type { Scan } from '../../model/recommendation.ts'
import { failed, ok } from '../../model/result.ts'
import type { Result } from '../../model/result.ts'
import type { ScanReader } from '../../ports/cluster-reader.ts'
import { bindingOf } from '../binding.ts'
import { podHistory } from '../discovery/pod-history.ts'
import { isPresent } from '../is-present.ts'
import { metricWindow } from '../metric-window.ts'
import { observeCluster } from '../observe-cluster.ts'
import type { ObservedCluster } from '../observe-cluster.ts'
import type { ScanRequest } from '../scan-request.ts'
import { serverFacts } from '../server-facts.ts'
import { severalClusters } from '../several-clusters.ts'
import type { UsageSession } from '../usage-session.ts'
import { containerKey } from './match-rows.ts'

/** What is known before krr starts. */
export interface Around {
  readonly observed: ObservedCluster
  /** Keys of what a filter that krr does not have leaves out. */
  readonly filtered: ReadonlySet<string>
  readonly binding: Scan['binding']
  readonly closedRanges: boolean
}

/** Looks at cluster and metrics ourselves: what would stop the scan is known within seconds. */
export async function lookAround(
  request: ScanRequest,
  cluster: ScanReader,
  session: UsageSession,
): Promise<Result<Around>> {
  const { scope, chosen } = request
  const [facts, observed, filtered] = await Promise.all([
    serverFacts(session),
    observeCluster(cluster, scope),
    filteredOut(cluster, scope),
  ])
  if (!observed.ok) return observed
  if (!filtered.ok) return filtered
  if (!facts.ok) return facts
  const { historyHours, timeframeMinutes } = chosen.settings
  const history = await podHistory(session, {
    namespaces: observed.value.namespaces,
    kinds: new Set(observed.value.containers.map(({ kind }) => kind)),
    window: metricWindow(historyHours, timeframeMinutes),
  })
  if (!history.ok) return history
  const { pods } = observed.value
  // krr merges the equal names of two clusters without a word.
  const mixed = await severalClusters(session, history.value, isPresent(request) && pods.ok ? pods.value : undefined)
  if (mixed) return failed(mixed)
  return ok({
    observed: observed.value,
    filtered: filtered.value,
    binding: bindingOf(observed.value.pods, history.value.uids),
    closedRanges: facts.value.closedRanges,
  })
}

/** What krr will find because it lacks our filters: without them, listed once more. Whatever is in neither list is gone. */
async function filteredOut(cluster: ScanReader, scope: Scope): Promise<Result<ReadonlySet<string>>> {
  const { excludeNamespaces, workloads, containers, ...krrs } = scope
  if (![excludeNamespaces, workloads, containers].some((filter) => (filter?.length ?? 0) > 0)) return ok(new Set())
  const listing = await cluster.workloads(krrs)
  return listing.ok ? ok(keysOf(listing.value.containers)) : listing
}
const keysOf = (containers: readonly ObservedContainer[]): ReadonlySet<string> => new Set(containers.map(containerKey))
