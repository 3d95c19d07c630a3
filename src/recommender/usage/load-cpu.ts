import type { Result } from '../../model/result.ts'
import { ok } from '../../model/result.ts'
import type { UsageProblem } from '../../ports/usage-reader.ts'
import type { CpuTables } from './cpu-tables.ts'
import { loadCpuPercentiles } from './load-cpu-percentiles.ts'
import { loadCpuQuantiles } from './load-cpu-quantiles.ts'
import type { UsageLoad } from './usage-load.ts'

/** CPU as the strategy needs it. */
export async function loadCpu(load: UsageLoad): Promise<Result<CpuTables, UsageProblem>> {
  const { cpu } = load.needs
  if (cpu.kind === 'quantile') return loadCpuQuantiles(load, cpu.literal)
  const loaded = await loadCpuPercentiles(load, cpu)
  return loaded.ok ? ok(loaded.value) : loaded
}
