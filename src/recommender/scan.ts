import type { Scan, SimpleSettings } from '../model/recommendation.ts'
import { failed, ok } from '../model/result.ts'
import type { Result } from '../model/result.ts'
import { bindingOf } from './binding.ts'
import { historyErrors } from './history-errors.ts'
import { score } from './numbers/score.ts'
import { observeCluster } from './observe-cluster.ts'
import type { ObservedCluster } from './observe-cluster.ts'
import { readUsage } from './read-usage.ts'
import type { ReadUsage } from './read-usage.ts'
import { scanRow } from './row/scan-row.ts'
import type { MadeRow } from './row/scan-row.ts'
import type { ScanOptions, ScanPorts, ScanRequest } from './scan-request.ts'
import { serverFacts } from './server-facts.ts'
import { simple } from './strategies/simple.ts'
import { simpleSettingsProblem } from './strategies/simple-settings.ts'
import type { Strategy } from './strategies/strategy.ts'
import { POINT_BUDGET } from './usage/plan-shards.ts'
import { usageSession } from './usage-session.ts'

const STRATEGY: Strategy<SimpleSettings> = simple

/** Reads a cluster and its metrics as of one time, and computes krr's numbers with the evidence for each of them. */
export async function scan(request: ScanRequest, ports: ScanPorts, options: ScanOptions = {}): Promise<Result<Scan>> {
  const wrong = simpleSettingsProblem(request.settings)
  if (wrong) return failed(wrong)
  const session = usageSession(ports.usage, request.evaluatedAt, options.concurrency ?? 4)
  const [facts, observed] = await Promise.all([serverFacts(session), observeCluster(ports.cluster, request.scope)])
  if (!observed.ok) return observed
  if (!facts.ok) return facts
  const question = {
    observed: observed.value,
    needs: STRATEGY.needs(request.settings),
    budget: options.pointBudget ?? POINT_BUDGET,
  }
  const [errors, usage] = await Promise.all([
    historyErrors(session, request.settings.historyHours),
    readUsage(session, question),
  ])
  if (!usage.ok) return usage
  const { unread, pods } = observed.value
  const { closedRanges, clusterSummary } = facts.value
  return ok({
    ...header(request),
    ...rowsOf(madeRows(request, observed.value, usage.value), options),
    unread,
    binding: bindingOf(pods, usage.value.history.uids),
    clusterSummary,
    errors,
    prometheus: { origin: session.origin, queries: session.asked(), closedRanges },
  })
}

type Header = Pick<Scan, 'id' | 'cluster' | 'strategy' | 'settings' | 'scope' | 'evaluatedAt' | 'takenAt'>
const header = ({ id, cluster, settings, scope, evaluatedAt, takenAt }: ScanRequest): Header => ({
  id,
  cluster,
  strategy: STRATEGY.name,
  settings,
  scope,
  evaluatedAt,
  takenAt,
})

function madeRows(
  { settings, evaluatedAt }: ScanRequest,
  observed: ObservedCluster,
  { found, gathered }: ReadUsage,
): readonly MadeRow[] {
  const needs = STRATEGY.needs(settings)
  return found.map((pods, index) => {
    const usage = gathered.of(pods)
    const autoscaler = observed.autoscalerOf(pods.container)
    const proposal = STRATEGY.propose({ usage, autoscaler }, settings)
    return scanRow({
      row: index + 1,
      found: pods,
      usage,
      autoscaler,
      proposal,
      needs,
      minimums: settings,
      at: evaluatedAt,
    })
  })
}

function rowsOf(made: readonly MadeRow[], options: ScanOptions): Pick<Scan, 'rows' | 'withheld' | 'score'> {
  const rows = made.flatMap((each) => (each.kind === 'row' ? [each.row] : []))
  const withheld = made.flatMap((each) => (each.kind === 'withheld' ? [each.row] : []))
  const severities = rows.map((row) => row.severity)
  return { rows, withheld, score: score(severities, options.summation ?? 'cpython-3.12') }
}
