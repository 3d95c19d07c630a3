import type { StartedProcess } from './start-process.ts'
import type { TemporaryDirectory } from './temporary-directory.ts'

/** Ends the processes in this order, one after the other, and then removes their folder, whatever fails on the way. */
export async function stopAll(processes: readonly StartedProcess[], directory: TemporaryDirectory): Promise<void> {
  for (const process of processes) await process.stop().catch(() => {})
  await directory.remove()
}
