import { ok } from '../../model/result.ts'
import type { Result } from '../../model/result.ts'
import type { UsageProblem } from '../../ports/usage-reader.ts'
import { partOf } from '../promql/tagged-union.ts'
import { askShards } from './ask-shards.ts'
import { readingOf } from './reading.ts'
import type { Reading } from './reading.ts'
import { readingTable } from './reading-table.ts'
import type { ReadingTable } from './reading-table.ts'
import type { UsageLoad } from './usage-load.ts'
import { spanStep, usageQueries } from './usage-queries.ts'

/** When each pod's container was seen, in coarse steps: seconds since 1970, and numbers of steps. */
export interface SpanTables {
  readonly first: ReadingTable
  readonly last: ReadingTable
  /** Steps at which it was there. */
  readonly steps: ReadingTable
  /** Samples in the last quarter of an hour, of what was there all the time. */
  readonly recent: ReadingTable
  readonly stepSeconds: number
}

/** One light query per shard: some hundred points per series instead of thousands. */
export async function loadSpans(load: UsageLoad): Promise<Result<SpanTables, UsageProblem>> {
  const answer = await askShards(load.session, load.shards, {
    promql: load.promql(usageQueries.spans),
    keep: (sample) => ({ part: partOf(sample), reading: readingOf(sample) }),
  })
  if (!answer.ok) return answer
  const table = (part: string): ReadingTable => {
    const readings: Reading[] = []
    for (const row of answer.value) if (row.part === part) readings.push(row.reading)
    return readingTable(readings)
  }
  return ok({
    first: table('first'),
    last: table('last'),
    steps: table('steps'),
    recent: table('recent'),
    stepSeconds: spanStep(load.needs.window),
  })
}
