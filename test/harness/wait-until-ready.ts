import { setTimeout as sleep } from 'node:timers/promises'
import type { StartedProcess } from './start-process.ts'

const DEADLINE_MS = 60_000

/** Polls `isReady` until it holds; fails at once, with its log, when one of the processes ends before. */
export async function waitUntilReady(
  processes: readonly StartedProcess[],
  isReady: () => Promise<boolean>,
): Promise<void> {
  const deadline = Date.now() + DEADLINE_MS
  while (!(await isReady().catch(() => false))) {
    for (const process of processes) {
      const reason = process.ended()
      if (reason !== undefined) throw new Error(reason)
    }
    if (Date.now() > deadline) {
      throw new Error(`${processes.map(({ name }) => name).join(', ')} not ready after ${DEADLINE_MS / 1000} s`)
    }
    await sleep(50)
  }
}
