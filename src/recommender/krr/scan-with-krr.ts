import type { ObservedContainer, Scope } from '../../model/observation.ts'
import type { Problem } from '../../model/problem.ts'
import type { Scan } from '../../model/recommendation.ts'
import { failed, ok } from '../../model/result.ts'
import type { Result } from '../../model/result.ts'
import type { KrrAnswer, KrrEngine, KrrProblem } from '../../ports/krr-engine.ts'
import { scanNotes } from '../scan-notes.ts'
import type { ScanOptions, ScanPorts, ScanRequest } from '../scan-request.ts'
import { usageSession } from '../usage-session.ts'
import type { UsageSession } from '../usage-session.ts'
import { lookAround } from './look-around.ts'
import type { Around } from './look-around.ts'
import { rowsFromKrr } from './rows-from-krr.ts'
import { whyKrrWouldEnd } from './why-krr-would-end.ts'

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
  options: Pick<ScanOptions, 'signal' | 'progress'> = {},
): Promise<Result<Scan, Problem | KrrProblem>> {
  const signal = options.signal ?? new AbortController().signal
  const labelled = ports.usage.clusterLabel === undefined ? {} : { clusterLabel: ports.usage.clusterLabel }
  const session = usageSession(ports.usage, request.evaluatedAt, { concurrency: 4, signal, ...labelled })
  options.progress?.({ phase: 'cluster' })
  const around = await lookAround(request, ports.cluster, session)
  if (!around.ok) return around
  const { containers } = around.value.observed
  const unreadable = whyKrrWouldEnd(containers)
  if (unreadable) return failed(unreadable)
  const { chosen, scope, evaluatedAt: at } = request
  const progress = queriesWatched(containers, options)
  // krr fails where there is nothing to scan; that is an answer, too.
  const answer =
    containers.length === 0
      ? await emptyAnswer(ports.krr, signal)
      : await ports.krr.scan({ chosen, scope, at, progress, ...labelled }, signal)
  return answer.ok
    ? ok(scanOf(request, { ...around.value, answer: answer.value, session, usage: ports.usage }))
    : answer
}

// Per container krr asks for owners, pods, their state, two values and two counts; and six things once.
const PER_CONTAINER = 7
const ONCE = 6
const queriesWatched =
  (containers: readonly ObservedContainer[], { progress }: Pick<ScanOptions, 'progress'>) =>
  (answered: number): void => {
    const expected = Math.max(answered, containers.length * PER_CONTAINER + ONCE)
    progress?.({ phase: 'metrics', answered, expected })
  }

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
    ...rowsFromKrr({ ...observed, answer, chosen, filtered }),
    unread: observed.unread,
    unscanned: observed.unscanned,
    binding,
    clusterSummary: answer.clusterSummary,
    errors: answer.errors,
    notes: [...scanNotes(chosen, made.usage), ...notesOf(answer, header.scope)],
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

function notesOf({ version, lost }: KrrAnswer, { jobGrouping }: Scope): readonly string[] {
  const [first] = lost
  const times = lost.length === 1 ? '1 query of krr failed' : `${lost.length} queries of krr failed`
  return [
    `The numbers are those of the installed krr ${version}, which does not say how it came to them.`,
    ...(jobGrouping
      ? ['krr sizes groups of jobs that share their first job by the jobs of one of them; --engine native does not.']
      : []),
    ...(first ? [`${times}, which krr reports as missing data. The first: ${first.why}.`] : []),
  ]
}
