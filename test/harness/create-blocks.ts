import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import type { PrometheusBinaries } from './prometheus-binaries.ts'

const run = promisify(execFile)

/** Turns OpenMetrics text into TSDB blocks in `into`. */
export async function createBlocks(
  { promtool }: PrometheusBinaries,
  { openMetricsFile, into }: { readonly openMetricsFile: string; readonly into: string },
): Promise<void> {
  // One block for everything: otherwise promtool reads the file once for every two hours of history.
  const args = ['tsdb', 'create-blocks-from', '--max-block-duration=2400h', 'openmetrics', openMetricsFile, into]
  await run(promtool, args, { maxBuffer: 16 * 2 ** 20 })
}
