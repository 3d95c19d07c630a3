import type { Moment } from '../../../src/model/moment.ts'
import { wallMillis } from '../../../src/model/time.ts'
import type { Clock } from '../../../src/ports/clock.ts'

/** A clock that moves only when a test says so, each of its hands by itself. */
export interface ControlledClock extends Clock {
  /** Time passes on all clocks. */
  readonly advance: (ms: number) => void
  /** Only the wall clock moves (somebody sets it, or the machine sleeps); negative: it is set back. */
  readonly setWall: (by: number) => void
  /** Only the monotonic clock moves: the wall clock was set back by as much as passed. */
  readonly creep: (ms: number) => void
  readonly reboot: () => void
}

const START = Date.UTC(2026, 10, 24, 12)

export function controlledClock(): ControlledClock {
  const hands = { wall: START, monotonic: 5_000_000, boot: 1 }
  const now = (): Moment => ({
    wall: wallMillis(hands.wall),
    monotonic: hands.monotonic,
    boot: `boot-${hands.boot}`,
  })
  return {
    now,
    sleep(ms) {
      hands.wall += ms
      hands.monotonic += ms
      return Promise.resolve()
    },
    advance(ms) {
      hands.wall += ms
      hands.monotonic += ms
    },
    setWall: (by) => void (hands.wall += by),
    creep: (ms) => void (hands.monotonic += ms),
    reboot: () => void (hands.boot += 1),
  }
}
