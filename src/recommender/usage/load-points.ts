import { ok } from '../../model/result.ts'
import type { Result } from '../../model/result.ts'
import type { UsageProblem } from '../../ports/usage-reader.ts'
import type { MetricWindow } from '../metric-window.ts'
import { askParts } from './ask-parts.ts'
import { readingTable } from './reading-table.ts'
import type { ReadingTable } from './reading-table.ts'
import type { Shard } from './shard.ts'
import type { UsageLoad } from './usage-load.ts'
import { usageQueries } from './usage-queries.ts'

/** Points per pod of both metrics. */
export interface PointTables {
  readonly cpu: ReadingTable
  readonly memory: ReadingTable
}

/** All points of the window, exactly as krr counts them. */
export async function loadAllPoints(
  load: UsageLoad,
  shards: readonly Shard[],
): Promise<Result<PointTables, UsageProblem>> {
  const answer = await askParts(load.session, shards, load.promql(usageQueries.allPoints))
  if (!answer.ok) return answer
  const { of } = answer.value
  return ok({ cpu: readingTable(of('cpu')), memory: readingTable(of('memory')) })
}

/**
 * The window that settles "enough points?" for one pod that ran all the time, and hardly longer: 138 minutes for krr's
 * hundred points. Whatever it counts, the whole window has at least as many.
 */
export function decidingWindow(window: MetricWindow, pointsRequired: number): MetricWindow {
  const minutes = Math.ceil((pointsRequired * window.stepSeconds * 1.1) / 60)
  const seconds = Math.min(window.seconds, minutes * 60)
  return { ...window, seconds, duration: `${seconds / 60}m` }
}
