import type { Compat } from '../model/observation.ts'
import type { Scan, ScanFacts } from '../model/recommendation.ts'
import { ok } from '../model/result.ts'
import type { Result } from '../model/result.ts'
import { bindingOf } from './binding.ts'
import { historyErrors } from './history-errors.ts'
import { score } from './numbers/score.ts'
import { observeCluster } from './observe-cluster.ts'
import type { ObservedCluster } from './observe-cluster.ts'
import { readUsage } from './read-usage.ts'
import type { ReadUsage } from './read-usage.ts'
import { scanMarks } from './row/scan-marks.ts'
import { scanRow } from './row/scan-row.ts'
import type { MadeRow } from './row/scan-row.ts'
import { scanNotes } from './scan-notes.ts'
import type { ScanOptions, ScanPorts, ScanRequest } from './scan-request.ts'
import { serverFacts } from './server-facts.ts'
import { sizingOf } from './strategies/all-strategies.ts'
import type { Sizing } from './strategies/all-strategies.ts'
import { stepForServer } from './strategies/step-for-server.ts'
import { POINT_BUDGET } from './usage/plan-shards.ts'
import { usageSession } from './usage-session.ts'
import type { UsageSession } from './usage-session.ts'

/** Reads a cluster and its metrics as of one time, and computes krr's numbers with the evidence for each of them. */
export async function scan(request: ScanRequest, ports: ScanPorts, options: ScanOptions = {}): Promise<Result<Scan>> {
  const session = sessionOf(request, ports, options)
  options.progress?.({ phase: 'cluster' })
  const [facts, observed] = await Promise.all([serverFacts(session), observeCluster(ports.cluster, request.scope)])
  if (!observed.ok) return observed
  if (!facts.ok) return facts
  const compat = request.scope.compat ?? 'fixed'
  const chosen = stepForServer(request.chosen, { engine: ports.usage.engine, compat })
  const sizing = sizingOf(chosen)
  const question = {
    observed: observed.value,
    needs: sizing.needs,
    budget: options.pointBudget ?? POINT_BUDGET,
    longRanges: compat === 'fixed',
  }
  const [errors, usage] = await Promise.all([
    historyErrors(session, chosen.settings.historyHours),
    readUsage(session, question),
  ])
  if (!usage.ok) return usage
  const { unread, unscanned, pods } = observed.value
  const made = madeRows({
    sizing,
    request,
    observed: observed.value,
    usage: usage.value,
    engine: ports.usage.engine,
    clusterMatcher: session.clusterMatcher,
  })
  return ok({
    ...header(request, compat),
    ...chosen,
    ...rowsOf(made, options),
    unread,
    unscanned,
    binding: bindingOf(pods, usage.value.history.uids),
    clusterSummary: facts.value.clusterSummary,
    errors,
    notes: scanNotes(chosen, ports.usage),
    prometheus: prometheusOf(session, ports, facts.value.closedRanges),
  })
}

function sessionOf({ evaluatedAt }: ScanRequest, { usage }: ScanPorts, options: ScanOptions): UsageSession {
  const { signal, progress } = options
  return usageSession(usage, evaluatedAt, {
    concurrency: options.concurrency ?? 4,
    ...(usage.clusterLabel === undefined ? {} : { clusterLabel: usage.clusterLabel }),
    ...(signal === undefined ? {} : { signal }),
    ...(progress === undefined ? {} : { progress: (queries) => progress({ phase: 'metrics', ...queries }) }),
  })
}

const prometheusOf = (session: UsageSession, { usage }: ScanPorts, closedRanges: boolean): Scan['prometheus'] => ({
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

interface Making {
  readonly sizing: Sizing
  readonly request: ScanRequest
  readonly observed: ObservedCluster
  readonly usage: ReadUsage
  readonly engine: string | undefined
  readonly clusterMatcher: string
}
function madeRows({ sizing, request, observed, usage, engine, clusterMatcher }: Making): readonly MadeRow[] {
  const { settings } = request.chosen
  const { found, gathered } = usage
  const marksOf = scanMarks(found, observed, { needs: sizing.needs, at: request.evaluatedAt })
  return found.map((pods, index) => {
    const { container } = pods
    const used = gathered.of(pods)
    const autoscaler = observed.autoscalerOf(container)
    return scanRow({
      row: index + 1,
      found: pods,
      usage: used,
      autoscaler,
      proposal: sizing.propose({ container, usage: used, autoscaler }),
      needs: sizing.needs,
      minimums: settings,
      at: request.evaluatedAt,
      marks: marksOf(pods, used),
      engine,
      clusterMatcher,
    })
  })
}

function rowsOf(made: readonly MadeRow[], options: ScanOptions): Pick<Scan, 'rows' | 'withheld' | 'score'> {
  const rows = made.flatMap((each) => (each.kind === 'row' ? [each.row] : []))
  const withheld = made.flatMap((each) => (each.kind === 'withheld' ? [each.row] : []))
  const severities = rows.map((row) => row.severity)
  return { rows, withheld, score: score(severities, options.summation ?? 'cpython-3.12') }
}
