import { ok } from '../../model/result.ts'
import type { Result } from '../../model/result.ts'
import type { UsageProblem } from '../../ports/usage-reader.ts'
import { askShards } from './ask-shards.ts'
import { readingOf } from './reading.ts'
import { readingTable } from './reading-table.ts'
import type { ReadingTable } from './reading-table.ts'
import type { UsageLoad } from './usage-load.ts'
import { usageQueries } from './usage-queries.ts'

/** The share of its periods, 0 to 1, in which each pod's container was throttled in its worst hour; only if asked for. */
export async function loadThrottling(load: UsageLoad): Promise<Result<ReadingTable, UsageProblem>> {
  if (!load.needs.throttling) return ok(readingTable([]))
  const promql = load.promql(usageQueries.throttledShare)
  const answer = await askShards(load.session, load.shards, { promql, keep: readingOf })
  return answer.ok ? ok(readingTable(answer.value)) : answer
}
