import type { Recommended, Scan, ScanRow } from '../../model/recommendation.ts'
import { ok } from '../../model/result.ts'
import type { Result } from '../../model/result.ts'
import type { Backtest, ShareOfPoints } from '../../model/usage-history.ts'
import type { UsageProblem, UsageReader } from '../../ports/usage-reader.ts'
import { partOf } from '../promql/tagged-union.ts'
import { askShards } from '../usage/ask-shards.ts'
import { chooseJob } from '../usage/choose-job.ts'
import { POINT_BUDGET, podShards } from '../usage/plan-shards.ts'
import { readingOf } from '../usage/reading.ts'
import { readingTable } from '../usage/reading-table.ts'
import type { ReadingTable } from '../usage/reading-table.ts'
import { inspectQueries } from './inspect-queries.ts'
import { podsOfRow, rowSession } from './row-session.ts'

const valueOf = (value: Recommended): number | undefined => (typeof value === 'number' ? value : undefined)

/** How a row's recommended values would have done over its scan's window, pod by pod and point by point. */
export async function readBacktest(
  scan: Scan,
  row: ScanRow,
  { usage, signal }: { readonly usage: UsageReader; readonly signal?: AbortSignal },
): Promise<Result<Backtest, UsageProblem>> {
  const { session, window } = rowSession(scan, usage, signal)
  const thresholds = {
    cpuRequest: valueOf(row.requests.cpu.value),
    memoryRequest: valueOf(row.requests.memory.value),
    memoryLimit: valueOf(row.limits.memory.value),
  }
  // Five expressions at the scan's steps.
  const pods = podsOfRow(row, (5 * window.seconds) / window.stepSeconds)
  const answer = await askShards(session, podShards(pods, POINT_BUDGET), {
    promql: (selector) => inspectQueries.overThresholds(thresholds)(selector, window),
    keep: (sample) => ({ part: partOf(sample), reading: readingOf(sample) }),
  })
  if (!answer.ok) return answer
  const table = (part: string): ReadingTable =>
    readingTable(answer.value.flatMap((each) => (each.part === part ? [each.reading] : [])))
  const share = (over: string, all: 'cpu' | 'memory', threshold: number | undefined): ShareOfPoints | null =>
    threshold === undefined ? null : shareOf(row, table(all), table(over))
  return ok({
    cpuOverRequest: share('cpu_over_request', 'cpu', thresholds.cpuRequest),
    memoryOverRequest: share('memory_over_request', 'memory', thresholds.memoryRequest),
    memoryOverLimit: share('memory_over_limit', 'memory', thresholds.memoryLimit),
  })
}

/** Of the job that the row's own numbers are from: two jobs that scrape a pod do not make it two. */
function shareOf({ container, pods }: ScanRow, all: ReadingTable, over: ReadingTable): ShareOfPoints | null {
  const counts = pods.map(({ name }) => {
    const chosen = chooseJob(all.of(container, name))
    const above = over.of(container, name).find(({ job }) => job === chosen?.job)
    return { over: above?.value ?? 0, points: chosen?.value ?? 0 }
  })
  const points = counts.reduce((sum, each) => sum + each.points, 0)
  return points === 0 ? null : { over: counts.reduce((sum, each) => sum + each.over, 0), points }
}
