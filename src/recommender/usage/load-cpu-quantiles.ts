import { ok } from '../../model/result.ts'
import type { Result } from '../../model/result.ts'
import type { UsageProblem } from '../../ports/usage-reader.ts'
import { askShards } from './ask-shards.ts'
import type { CpuTables } from './cpu-tables.ts'
import { podShards } from './plan-shards.ts'
import { readingKey, readingOf } from './reading.ts'
import type { Reading } from './reading.ts'
import { readingTable } from './reading-table.ts'
import { seriesFacts, seriesReading } from './series-facts.ts'
import type { ShardPod } from './shard.ts'
import type { UsageLoad } from './usage-load.ts'
import { usageQueries } from './usage-queries.ts'

/** The quantile of CPU per pod: per series first, and krr's slower query for the few pods with several series. */
export async function loadCpuQuantiles(load: UsageLoad, literal: string): Promise<Result<CpuTables, UsageProblem>> {
  const { session, shards } = load
  const perSeries = await askShards(session, shards, {
    promql: load.promql(usageQueries.cpuQuantile(literal)),
    keep: (sample) => seriesReading(readingOf(sample), sample),
  })
  if (!perSeries.ok) return perSeries
  const series = seriesFacts(perSeries.value)
  const { several } = series
  if (several.size === 0) return ok({ readings: readingTable(perSeries.value), series })
  const exact = await askShards(session, podShards(podsOf(several, load.pods), load.budget), {
    promql: load.promql(usageQueries.cpuQuantileOfGroups(literal)),
    keep: readingOf,
  })
  if (!exact.ok) return exact
  const single = perSeries.value.filter((reading) => !several.has(readingKey(reading)))
  return ok({ readings: readingTable([...single, ...exact.value]), series })
}

function podsOf(groups: ReadonlyMap<string, Reading>, pods: readonly ShardPod[]): readonly ShardPod[] {
  const names = new Set([...groups.values()].map(({ namespace, pod }) => `${namespace}/${pod}`))
  return pods.filter(({ namespace, pod }) => names.has(`${namespace}/${pod}`))
}
