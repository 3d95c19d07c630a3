import type { Result } from '../../model/result.ts'
import { ok } from '../../model/result.ts'
import type { UsageProblem } from '../../ports/usage-reader.ts'
import type { PodsOfContainer } from '../discovery/pods-of-container.ts'
import { loadCpuPercentiles } from './load-cpu-percentiles.ts'
import { loadCpuQuantiles } from './load-cpu-quantiles.ts'
import type { ReadingTable } from './reading-table.ts'
import type { SeriesFacts } from './series-facts.ts'
import type { UsageLoad } from './usage-load.ts'

/** What a scan knows about CPU usage: a reading per pod, and what the strategy needs beyond. */
export interface CpuTables {
  readonly readings: ReadingTable
  readonly series: SeriesFacts
  /** Over all points of all pods of a container; undefined where the strategy asks for a quantile per pod. */
  readonly percentilesOf?: (container: PodsOfContainer) => readonly number[] | undefined
}

/** CPU as the strategy needs it. */
export async function loadCpu(load: UsageLoad): Promise<Result<CpuTables, UsageProblem>> {
  const { cpu } = load.needs
  if (cpu.kind === 'quantile') return loadCpuQuantiles(load, cpu.literal)
  const loaded = await loadCpuPercentiles(load, cpu)
  return loaded.ok ? ok(loaded.value) : loaded
}
