import type { TestProject } from 'vitest/node'
import type { Availability } from './availability.ts'
import { type ControlPlaneBinaries, controlPlaneBinaries } from './control-plane-binaries.ts'
import { newerPrometheus } from './newer-prometheus.ts'
import { type PrometheusBinaries, prometheusBinaries } from './prometheus-binaries.ts'
import type { ControlPlaneConnection } from './start-control-plane.ts'
import { startTestbed, type RunningTestbed } from './start-testbed.ts'

declare module 'vitest' {
  interface ProvidedContext {
    readonly controlPlane: Availability<ControlPlaneConnection>
    readonly controlPlaneBinaries: Availability<ControlPlaneBinaries>
    readonly prometheusBinaries: Availability<PrometheusBinaries>
    readonly newerPrometheus: Availability<PrometheusBinaries>
  }
}

/** Once per run: one control plane for all real tests, or the reason why there is none. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const binaries = await controlPlaneBinaries()
  const prometheus = await prometheusBinaries()
  const newer = await newerPrometheus()
  for (const part of [binaries, prometheus, newer]) if (part.kind === 'unavailable') reportMissing(part.reason)
  project.provide('controlPlaneBinaries', binaries)
  project.provide('prometheusBinaries', prometheus)
  project.provide('newerPrometheus', newer)
  if (binaries.kind === 'unavailable') {
    project.provide('controlPlane', binaries)
    return async () => {}
  }
  const testbed: RunningTestbed = await startTestbed(binaries.value)
  project.provide('controlPlane', { kind: 'available', value: testbed.connection })
  return testbed.stop
}

function reportMissing(reason: string): void {
  // Where the whole suite is the point, as in CI, a skip would look like a pass.
  if (process.env['KRR_MCP_REQUIRE_TESTBED'] === '1') throw new Error(`KRR_MCP_REQUIRE_TESTBED=1, but: ${reason}`)
  process.stderr.write(`test bed: suites that need it are skipped: ${reason}\n`)
}
