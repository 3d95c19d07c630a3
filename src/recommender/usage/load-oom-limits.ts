import { ok } from '../../model/result.ts'
import type { Result } from '../../model/result.ts'
import type { UsageProblem } from '../../ports/usage-reader.ts'
import { askShards } from './ask-shards.ts'
import { podShards } from './plan-shards.ts'
import { readingOf } from './reading.ts'
import { readingTable } from './reading-table.ts'
import type { ReadingTable } from './reading-table.ts'
import type { UsageLoad } from './usage-load.ts'
import { usageQueries } from './usage-queries.ts'

/** Memory limits under which containers were killed; krr's join, only for pods that may have been killed at all. */
export async function loadOomLimits(load: UsageLoad): Promise<Result<ReadingTable, UsageProblem>> {
  if (!load.needs.oomLimits) return ok(readingTable([]))
  const suspects = await askShards(load.session, load.shards, {
    promql: load.promql(usageQueries.oomSuspects),
    keep: ({ labels }) => `${labels['namespace']}/${labels['pod']}`,
  })
  if (!suspects.ok) return suspects
  const names = new Set(suspects.value)
  const pods = load.pods.filter(({ namespace, pod }) => names.has(`${namespace}/${pod}`))
  const promql = load.promql(usageQueries.oomLimit)
  const limits = await askShards(load.session, podShards(pods, load.budget), { promql, keep: readingOf })
  return limits.ok ? ok(readingTable(limits.value)) : limits
}
