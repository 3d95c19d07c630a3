import { ok } from '../model/result.ts'
import type { Result } from '../model/result.ts'
import type { ScanEstimate } from '../model/scan-estimate.ts'
import { workloadKey } from '../model/workload.ts'
import { expectedQueries } from './expected-queries.ts'
import { isPresent } from './is-present.ts'
import { observeCluster } from './observe-cluster.ts'
import { planUsage } from './plan-usage.ts'
import type { ScanOptions, ScanPorts, ScanRequest } from './scan-request.ts'
import { scanSession } from './scan-session.ts'
import { serverFacts } from './server-facts.ts'
import { sizingOf } from './strategies/all-strategies.ts'
import { stepForServer } from './strategies/step-for-server.ts'
import { POINT_BUDGET } from './usage/plan-shards.ts'

/** Looks at the cluster and the pods of the window, and asks nothing heavy. */
export async function estimateScan(
  request: Omit<ScanRequest, 'id'>,
  ports: ScanPorts,
  options: ScanOptions = {},
): Promise<Result<ScanEstimate>> {
  const session = scanSession(request, ports, options)
  const [facts, observed] = await Promise.all([serverFacts(session), observeCluster(ports.cluster, request.scope)])
  if (!observed.ok) return observed
  if (!facts.ok) return facts
  const compat = request.scope.compat ?? 'fixed'
  const { needs } = sizingOf(stepForServer(request.chosen, { engine: ports.usage.engine, compat }))
  const budget = options.pointBudget ?? POINT_BUDGET
  const planned = await planUsage(session, {
    observed: observed.value,
    needs,
    budget,
    longRanges: compat === 'fixed',
    present: isPresent(request),
  })
  if (!planned.ok) return planned
  const { load } = planned.value
  const { containers } = observed.value
  const pointsOf = (pods: typeof load.pods): number => pods.reduce((sum, pod) => sum + pod.points, 0)
  return ok({
    workloads: new Set(containers.map(workloadKey)).size,
    containers: containers.length,
    pods: load.pods.length,
    queries: session.asked() + expectedQueries(load),
    points: Math.round(2 * pointsOf(load.pods)),
    largestQuery: Math.round(Math.max(0, ...load.shards.map((shard) => pointsOf(shard.pods)))),
  })
}
