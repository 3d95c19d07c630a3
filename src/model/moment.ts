import type { Millis, WallMillis } from './time.ts'

/** An instant on all the clocks we trust a little: expiry compares each of them. */
export interface Moment {
  readonly wall: WallMillis
  /** Milliseconds since boot; does not jump when the wall clock is set. */
  readonly monotonic: number
  /** Another boot makes every earlier `monotonic` meaningless. */
  readonly boot: string
}

/**
 * Whether something issued at `issued` is older than `limit`. Any doubt counts as over: a wall clock set back, a
 * suspended machine or a reboot must never make an old yes young again.
 */
export function isOver(issued: Moment, now: Moment, limit: Millis): boolean {
  if (issued.boot !== now.boot) return true
  if (now.wall < issued.wall) return true
  return now.wall - issued.wall > limit || now.monotonic - issued.monotonic > limit
}
