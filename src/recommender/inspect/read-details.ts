import type { Scan, ScanRow } from '../../model/recommendation.ts'
import { ok } from '../../model/result.ts'
import type { Result } from '../../model/result.ts'
import type { UsageDetails } from '../../model/usage-history.ts'
import type { UsageProblem, UsageReader } from '../../ports/usage-reader.ts'
import { partOf } from '../promql/tagged-union.ts'
import { askShards } from '../usage/ask-shards.ts'
import { POINT_BUDGET, podShards } from '../usage/plan-shards.ts'
import { inspectQueries } from './inspect-queries.ts'
import { podsOfRow, rowSession } from './row-session.ts'

/** Raw peak, throttling, OOM kills and restarts of one row, as of its scan. */
export async function readDetails(
  scan: Scan,
  row: ScanRow,
  { usage, signal }: { readonly usage: UsageReader; readonly signal?: AbortSignal },
): Promise<Result<UsageDetails, UsageProblem>> {
  const { session, window } = rowSession(scan, usage, signal)
  // Raw samples are a few per point of the grid.
  const pods = podsOfRow(row, (3 * window.seconds) / window.stepSeconds)
  const answer = await askShards(session, podShards(pods, POINT_BUDGET), {
    promql: (selector) => inspectQueries.details(selector, window),
    keep: (sample) => ({ part: partOf(sample), value: sample.value }),
  })
  if (!answer.ok) return answer
  const valuesOf = (part: string): readonly number[] =>
    answer.value.flatMap((each) => (each.part === part && Number.isFinite(each.value) ? [each.value] : []))
  const restarts = valuesOf('restarts')
  return ok({
    rawPeakMemory: highest(valuesOf('peak')),
    throttledShare: highest(valuesOf('throttled')),
    // kube-state-metrics has no series at all for what never ended; with restarts known, none killed is a finding.
    oomKilled: restarts.length === 0 && valuesOf('killed').length === 0 ? null : valuesOf('killed').length,
    restarts: restarts.length === 0 ? null : restarts.reduce((sum, value) => sum + value, 0),
  })
}

const highest = (values: readonly number[]): number | null => (values.length === 0 ? null : Math.max(...values))
