import type { ObservedContainer, Scope } from '../../model/observation.ts'
import type { Problem } from '../../model/problem.ts'
import type { Scan } from '../../model/recommendation.ts'
import { ok } from '../../model/result.ts'
import type { Result } from '../../model/result.ts'
import type { ScanReader } from '../../ports/cluster-reader.ts'
import type { KrrAnswer, KrrEngine, KrrProblem } from '../../ports/krr-engine.ts'
import { bindingOf } from '../binding.ts'
import { podHistory } from '../discovery/pod-history.ts'
import { metricWindow } from '../metric-window.ts'
import { observeCluster } from '../observe-cluster.ts'
import type { ObservedCluster } from '../observe-cluster.ts'
import { scanNotes } from '../scan-notes.ts'
import type { ScanPorts, ScanRequest } from '../scan-request.ts'
import { serverFacts } from '../server-facts.ts'
import { usageSession } from '../usage-session.ts'
import type { UsageSession } from '../usage-session.ts'
import { containerKey } from './match-rows.ts'
import { rowsFromKrr } from './rows-from-krr.ts'

/** The cluster and the metrics must be those that krr is sent to. */
export interface KrrScanPorts extends ScanPorts {
  readonly krr: KrrEngine
}

/**
 * A scan whose numbers an installed krr computes. What it is about (which containers there are, under which UIDs, whether
 * the metrics are this cluster's) is looked up by us: krr leaves out rows without a word and gives no UID.
 */
export async function scanWithKrr(
  request: ScanRequest,
  ports: KrrScanPorts,
  signal: AbortSignal,
): Promise<Result<Scan, Problem | KrrProblem>> {
  const { clusterLabel } = ports.usage
  const labelled = clusterLabel === undefined ? {} : { clusterLabel }
  const session = usageSession(ports.usage, request.evaluatedAt, { concurrency: 4, signal, ...labelled })
  const around = await lookAround(request, ports, session)
  if (!around.ok) return around
  const { containers } = around.value.observed
  const { chosen, scope, evaluatedAt: at } = request
  // krr fails where there is nothing to scan; that is an answer, too.
  const answer =
    containers.length === 0
      ? await emptyAnswer(ports.krr, signal)
      : await ports.krr.scan({ chosen, scope, at, ...labelled }, signal)
  return answer.ok
    ? ok(scanOf(request, { ...around.value, answer: answer.value, session, usage: ports.usage }))
    : answer
}

interface Around {
  readonly observed: ObservedCluster
  readonly filtered: ReadonlySet<string>
  readonly binding: Scan['binding']
  readonly closedRanges: boolean
}

/** Before krr starts: what would stop the scan is known within seconds. */
async function lookAround(
  { scope, chosen }: ScanRequest,
  { cluster }: KrrScanPorts,
  session: UsageSession,
): Promise<Result<Around>> {
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

async function emptyAnswer(krr: KrrEngine, signal: AbortSignal): Promise<Result<KrrAnswer, KrrProblem>> {
  const version = await krr.version(signal)
  if (!version.ok) return version
  return ok({ version: version.value, rows: [], score: 100, clusterSummary: {}, errors: [], queries: 0, lost: [] })
}

interface Made extends Around, Pick<KrrScanPorts, 'usage'> {
  readonly answer: KrrAnswer
  readonly session: UsageSession
}
function scanOf({ chosen, ...header }: ScanRequest, made: Made): Scan {
  const { answer, observed, filtered, binding } = made
  return {
    ...header,
    ...chosen,
    engine: { name: 'krr', version: answer.version },
    compat: 'krr',
    ...rowsFromKrr({ answer, chosen, containers: observed.containers, filtered }),
    unread: observed.unread,
    unscanned: observed.unscanned,
    binding,
    clusterSummary: answer.clusterSummary,
    errors: answer.errors,
    notes: [...scanNotes(chosen, made.usage), ...notesOf(answer)],
    prometheus: prometheusOf(made),
  }
}

const prometheusOf = ({ session, answer, closedRanges, usage }: Made): Scan['prometheus'] => ({
  origin: session.origin,
  queries: session.asked() + answer.queries,
  closedRanges,
  ...(usage.engine === undefined ? {} : { engine: usage.engine }),
  ...(usage.clusterLabel === undefined ? {} : { clusterLabel: usage.clusterLabel }),
})

function notesOf({ version, lost }: KrrAnswer): readonly string[] {
  const whose = `The numbers are those of the installed krr ${version}, which does not say how it came to them.`
  const [first] = lost
  if (!first) return [whose]
  const times = lost.length === 1 ? '1 query of krr failed' : `${lost.length} queries of krr failed`
  return [whose, `${times}, which krr reports as missing data. The first: ${first.why}.`]
}
