import type { Compat } from '../model/observation.ts'
import type { Scan, ScanFacts } from '../model/recommendation.ts'
import { ok } from '../model/result.ts'
import type { Result } from '../model/result.ts'
import type { UsageReader } from '../ports/usage-reader.ts'
import { bindingOf } from './binding.ts'
import { historyErrors } from './history-errors.ts'
import { isPresent } from './is-present.ts'
import { score } from './numbers/score.ts'
import { makeRows } from './make-rows.ts'
import { observeCluster } from './observe-cluster.ts'
import { readUsage } from './read-usage.ts'
import type { MadeRow } from './row/scan-row.ts'
import { scanNotes } from './scan-notes.ts'
import type { ScanOptions, ScanPorts, ScanRequest } from './scan-request.ts'
import { scanSession } from './scan-session.ts'
import { serverFacts } from './server-facts.ts'
import { sizingOf } from './strategies/all-strategies.ts'
import { stepForServer } from './strategies/step-for-server.ts'
import { POINT_BUDGET } from './usage/plan-shards.ts'
import type { UsageSession } from './usage-session.ts'

/** Reads a cluster and its metrics as of one time, and computes krr's numbers with the evidence for each of them. */
export async function scan(request: ScanRequest, ports: ScanPorts, options: ScanOptions = {}): Promise<Result<Scan>> {
  const session = scanSession(request, ports, options)
  options.progress?.({ phase: 'cluster' })
  const [facts, observed] = await Promise.all([serverFacts(session), observeCluster(ports.cluster, request.scope)])
  if (!observed.ok) return observed
  if (!facts.ok) return facts
  const compat = request.scope.compat ?? 'fixed'
  const chosen = stepForServer(request.chosen, { engine: ports.usage.engine, compat })
  const sizing = sizingOf(chosen)
  const budget = options.pointBudget ?? POINT_BUDGET
  const present = isPresent(request)
  const question = { observed: observed.value, needs: sizing.needs, budget, longRanges: compat === 'fixed', present }
  const usage = await readUsage(session, question)
  if (!usage.ok) return usage
  const made = makeRows({
    sizing,
    request: { ...request, chosen },
    observed: observed.value,
    usage: usage.value,
    engine: ports.usage.engine,
    clusterMatcher: session.clusterMatcher,
  })
  const { unread, unscanned, pods } = observed.value
  return ok({
    ...header(request, compat),
    ...chosen,
    ...rowsOf(made, options),
    unread,
    unscanned,
    binding: bindingOf(pods, usage.value.history.uids),
    clusterSummary: facts.value.clusterSummary,
    errors: historyErrors(facts.value.ownHistory, chosen.settings.historyHours),
    notes: scanNotes(chosen, ports.usage),
    prometheus: prometheusOf(session, ports.usage, facts.value.closedRanges),
  })
}

const prometheusOf = (session: UsageSession, usage: UsageReader, closedRanges: boolean): Scan['prometheus'] => ({
  origin: session.origin,
  queries: session.asked(),
  closedRanges,
  ...(usage.engine === undefined ? {} : { engine: usage.engine }),
  ...(usage.clusterLabel === undefined ? {} : { clusterLabel: usage.clusterLabel }),
})

type Header = Pick<ScanFacts, 'id' | 'cluster' | 'engine' | 'compat' | 'scope' | 'evaluatedAt' | 'takenAt'>
const header = ({ id, cluster, scope, evaluatedAt, takenAt }: ScanRequest, compat: Compat): Header => ({
  id,
  cluster,
  engine: { name: 'native' },
  compat,
  scope,
  evaluatedAt,
  takenAt,
})

function rowsOf(made: readonly MadeRow[], options: ScanOptions): Pick<Scan, 'rows' | 'withheld' | 'score'> {
  const rows = made.flatMap((each) => (each.kind === 'row' ? [each.row] : []))
  const withheld = made.flatMap((each) => (each.kind === 'withheld' ? [each.row] : []))
  const severities = rows.map((row) => row.severity)
  return { rows, withheld, score: score(severities, options.summation ?? 'cpython-3.12') }
}
