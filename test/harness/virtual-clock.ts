import { wallMillis } from '../../src/model/time.ts'
import type { Clock } from '../../src/ports/clock.ts'

export interface VirtualClock extends Clock {
  /** Milliseconds since the clock was made. */
  readonly elapsed: () => number
  /** Runs `what` when that time has come. */
  readonly at: (ms: number, what: () => void) => void
}

const START = Date.UTC(2026, 10, 24, 12)
/** A test that sleeps longer than this waits for something that never comes. */
const LONGEST = 24 * 3_600_000

/**
 * A clock that stands still while anything is being done and jumps to the next sleeper when all are asleep. Only for
 * code whose every wait is a sleep of this clock or a promise that is settled already.
 */
export function virtualClock(): VirtualClock {
  let now = 0
  let pumping = false
  const sleepers = new Set<{ readonly due: number; readonly wake: () => void }>()

  const next = (): void => {
    const [first] = [...sleepers].sort((a, b) => a.due - b.due)
    pumping = first !== undefined && first.due < LONGEST
    if (!first || !pumping) return
    sleepers.delete(first)
    now = Math.max(now, first.due)
    first.wake()
    // A turn of the event loop: every promise that this wakes runs to its next sleep before the clock moves again.
    setImmediate(next)
  }
  const schedule = (due: number, wake: () => void): (() => void) => {
    const sleeper = { due, wake }
    sleepers.add(sleeper)
    if (!pumping) {
      pumping = true
      setImmediate(next)
    }
    return () => void sleepers.delete(sleeper)
  }

  return {
    now: () => ({ wall: wallMillis(START + now), monotonic: now, boot: 'virtual' }),
    elapsed: () => now,
    at: (ms, what) => void schedule(ms, what),
    sleep: (ms, signal) =>
      new Promise((resolve) => {
        if (signal?.aborted) return resolve()
        const cancel = schedule(now + ms, resolve)
        signal?.addEventListener('abort', () => {
          cancel()
          resolve()
        })
      }),
  }
}
