import type { KrrCommand } from '../../../src/adapters/krr-cli/krr-command.ts'
import type { Bench, ScenarioResult } from '../bench.ts'
import { sideBySide } from './side-by-side.ts'

/** A cluster of ten thousand pod-containers, side by side with krr on a tenth of it. */
export async function large_cluster_simulation(bench: Bench, krr: KrrCommand | undefined): Promise<ScenarioResult> {
  return { ...(await sideBySide(bench, krr)), scenario: 'large_cluster_simulation' }
}
