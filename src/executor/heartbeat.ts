import type { Run } from './run.ts'

const BEAT_MS = 5_000

/** Signs of life while this worker holds the execution; the returned function ends them. */
export function startHeartbeat({ approved, ports, fence }: Run): () => Promise<void> {
  const ended = new AbortController()
  const { signal } = ended
  const beating = (async () => {
    while (!signal.aborted) {
      // A beat that fails is no reason to stop half-way: the claim lives in the journal, and whoever takes it over is seen there.
      await ports.leases.beat({ execution: approved.execution, fence, pid: ports.pid, beat: ports.clock.now() })
      await ports.clock.sleep(BEAT_MS, signal).catch(() => undefined)
    }
  })()
  return async () => {
    ended.abort()
    await beating
  }
}
