import { ok } from '../../model/result.ts'
import type { Result } from '../../model/result.ts'
import type { UsageProblem } from '../../ports/usage-reader.ts'
import type { MetricWindow } from '../metric-window.ts'
import { askParts } from './ask-parts.ts'
import type { PointTables } from './load-points.ts'
import type { Reading } from './reading.ts'
import { readingTable } from './reading-table.ts'
import type { ReadingTable } from './reading-table.ts'
import type { UsageLoad } from './usage-load.ts'
import { usageQueries } from './usage-queries.ts'

/** What one light query per shard says of every container. */
export interface LightUsage {
  /** A lower bound of the points, from the last few hours only: enough to decide nearly every container. */
  readonly fewest: PointTables
  /** At how many coarse looks each series was there: of several series the longest. */
  readonly looks: readonly Reading[]
  /** Samples in the last quarter of an hour, of what was there all the time. */
  readonly recent: ReadingTable
}

/** Some hundred points per series instead of thousands. */
export async function loadLight(load: UsageLoad, deciding: MetricWindow): Promise<Result<LightUsage, UsageProblem>> {
  const answer = await askParts(load.session, load.shards, load.promql(usageQueries.light(deciding)))
  if (!answer.ok) return answer
  const { of } = answer.value
  return ok({
    fewest: { cpu: readingTable(of('cpu')), memory: readingTable(of('memory')) },
    looks: of('looks'),
    recent: readingTable(of('recent')),
  })
}
