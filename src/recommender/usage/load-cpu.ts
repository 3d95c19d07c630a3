import { ok } from '../../model/result.ts'
import type { Result } from '../../model/result.ts'
import type { UsageProblem } from '../../ports/usage-reader.ts'
import { askShards } from './ask-shards.ts'
import { podShards } from './plan-shards.ts'
import { readingKey, readingOf } from './reading.ts'
import type { Reading } from './reading.ts'
import { readingTable } from './reading-table.ts'
import type { ReadingTable } from './reading-table.ts'
import type { ShardPod } from './shard.ts'
import type { UsageLoad } from './usage-load.ts'
import { usageQueries } from './usage-queries.ts'

/** The quantile of CPU per pod: per series first, and krr's slower query for the few pods with several series. */
export async function loadCpu(load: UsageLoad): Promise<Result<ReadingTable, UsageProblem>> {
  const { session, shards, needs } = load
  const perSeries = await askShards(session, shards, {
    promql: load.promql(usageQueries.cpuQuantile(needs.cpuQuantile)),
    keep: readingOf,
  })
  if (!perSeries.ok) return perSeries
  const several = groupsOfSeveral(perSeries.value)
  if (several.size === 0) return ok(readingTable(perSeries.value))
  const exact = await askShards(session, podShards(podsOf(several, load.pods), load.budget), {
    promql: load.promql(usageQueries.cpuQuantileOfGroups(needs.cpuQuantile)),
    keep: readingOf,
  })
  if (!exact.ok) return exact
  const single = perSeries.value.filter((reading) => !several.has(readingKey(reading)))
  return ok(readingTable([...single, ...exact.value]))
}

/** Keys of groups with more than one series, each with its pod. */
function groupsOfSeveral(readings: readonly Reading[]): ReadonlyMap<string, Reading> {
  const seen = new Set<string>()
  const several = new Map<string, Reading>()
  for (const reading of readings) {
    const key = readingKey(reading)
    if (seen.has(key)) several.set(key, reading)
    seen.add(key)
  }
  return several
}

function podsOf(groups: ReadonlyMap<string, Reading>, pods: readonly ShardPod[]): readonly ShardPod[] {
  const names = new Set([...groups.values()].map(({ namespace, pod }) => `${namespace}/${pod}`))
  return pods.filter(({ namespace, pod }) => names.has(`${namespace}/${pod}`))
}
