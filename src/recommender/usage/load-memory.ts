import { ok } from '../../model/result.ts'
import type { Result } from '../../model/result.ts'
import type { UsageProblem } from '../../ports/usage-reader.ts'
import { askShards } from './ask-shards.ts'
import { readingOf } from './reading.ts'
import { readingTable } from './reading-table.ts'
import type { ReadingTable } from './reading-table.ts'
import type { UsageLoad } from './usage-load.ts'
import { usageQueries } from './usage-queries.ts'

/** The highest memory of each pod on the grid. */
export async function loadMemory(load: UsageLoad): Promise<Result<ReadingTable, UsageProblem>> {
  const promql = load.promql(usageQueries.memoryPeak)
  const answer = await askShards(load.session, load.shards, { promql, keep: readingOf })
  return answer.ok ? ok(readingTable(answer.value)) : answer
}
