import { setTimeout as sleep } from 'node:timers/promises'
import type { StartedScan } from '../../app/agent/scan.ts'
import { normalId } from '../../model/ids.ts'
import type { Scan } from '../../model/recommendation.ts'
import type { Result } from '../../model/result.ts'

/** Hosts cut calls at 60 s, and some then wedge: a scan that takes longer goes on, and the call answers without it. */
const LONGEST_CALL_MS = 40_000

/** Scans of this connection that are under way. A finished one is in the journal. */
export interface RunningScans {
  /**
   * The scan's result if it is there in time; undefined while it goes on. A client that cancels its call stops the scan,
   * unless another call waits for it as well.
   */
  follow(started: StartedScan, signal: AbortSignal): Promise<Result<Scan> | undefined>
  find(typed: string): StartedScan | undefined
}

export function runningScans(longestMs: number = LONGEST_CALL_MS): RunningScans {
  const running = new Map<string, StartedScan>()
  const followers = new Map<string, number>()
  const count = (id: string, change: number): number => {
    const now = (followers.get(id) ?? 0) + change
    followers.set(id, now)
    return now
  }
  return {
    find: (typed) => running.get(normalId(typed)),
    async follow(started, signal) {
      const { id } = started
      running.set(id, started)
      count(id, 1)
      // A bug in it is told by whoever waits for it; nobody may be waiting when it comes.
      started.done.catch(() => undefined)
      const ended = new AbortController()
      const late = sleep(longestMs, undefined, { signal: AbortSignal.any([signal, ended.signal]) }).catch(
        () => undefined,
      )
      try {
        const result = await Promise.race([started.done, late])
        if (result) running.delete(id)
        return result ?? undefined
      } catch (error) {
        // Over as well, and told once: the next call with this id must not meet the same bug for ever.
        running.delete(id)
        throw error
      } finally {
        ended.abort()
        // Heavy queries for nobody are a load on somebody's Prometheus.
        if (count(id, -1) === 0 && signal.aborted) started.stop()
      }
    },
  }
}
