import { setTimeout as sleep } from 'node:timers/promises'
import type { StartedScan } from '../../app/agent/scan.ts'
import { normalId } from '../../model/ids.ts'
import type { Scan } from '../../model/recommendation.ts'
import type { Result } from '../../model/result.ts'

/** Hosts cut calls at 60 s, and some then wedge: a scan that takes longer goes on, and the call answers without it. */
const LONGEST_CALL_MS = 40_000

/** Scans of this connection that are under way. A finished one is in the journal. */
export interface RunningScans {
  /** The scan's result if it is there in time; undefined while it goes on. */
  follow(started: StartedScan, signal: AbortSignal): Promise<Result<Scan> | undefined>
  find(typed: string): StartedScan | undefined
}

export function runningScans(longestMs: number = LONGEST_CALL_MS): RunningScans {
  const running = new Map<string, StartedScan>()
  return {
    find: (typed) => running.get(normalId(typed)),
    async follow(started, signal) {
      running.set(started.id, started)
      // A bug in it is told by whoever waits for it; nobody may be waiting when it comes.
      started.done.catch(() => undefined)
      const ended = new AbortController()
      const late = sleep(longestMs, undefined, { signal: AbortSignal.any([signal, ended.signal]) }).catch(
        () => undefined,
      )
      try {
        const result = await Promise.race([started.done, late])
        if (result) running.delete(started.id)
        return result ?? undefined
      } catch (error) {
        // Over as well, and told once: the next call with this id must not meet the same bug for ever.
        running.delete(started.id)
        throw error
      } finally {
        ended.abort()
      }
    },
  }
}
