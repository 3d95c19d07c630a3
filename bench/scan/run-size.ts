import type { KrrCommand } from '../../src/adapters/krr-cli/krr-command.ts'
import type { Bench, ScenarioResult } from './bench.ts'
import { openProxy } from './measure/open-proxy.ts'
import { SCENARIOS, type ScenarioName } from './scenarios/all-scenarios.ts'
import { EVALUATED_AT, type Size } from './sizes.ts'
import { type BenchBinaries, startBenchWorld } from './world/start-bench-world.ts'

export interface SizeRun {
  readonly size: Size
  /** None: all that are about this size. */
  readonly scenarios: readonly ScenarioName[]
}

/** The scenarios of one size, on one world. */
export async function runSize(
  { size, scenarios }: SizeRun,
  { binaries, program, folder }: Pick<Bench, 'program' | 'folder'> & { readonly binaries: BenchBinaries },
  krr: KrrCommand | undefined,
): Promise<readonly ScenarioResult[]> {
  const chosen = Object.entries(SCENARIOS).filter(([name, { sizes }]) =>
    scenarios.length === 0 ? sizes.includes(size.name) : scenarios.some((wanted) => wanted === name),
  )
  const world = await startBenchWorld(size, binaries)
  const proxy = await openProxy(world.prometheus.url, EVALUATED_AT)
  try {
    const results: ScenarioResult[] = []
    for (const [name, { run }] of chosen) {
      process.stderr.write(`bench: ${name}, ${size.name}\n`)
      results.push(await run({ world, proxy, program, folder }, krr))
    }
    return results
  } finally {
    await proxy.close()
    await world.stop()
  }
}
