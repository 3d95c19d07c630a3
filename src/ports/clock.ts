import type { WallMillis } from '../model/time.ts'

/** An instant on all the clocks we trust a little: expiry compares each of them. */
export interface Moment {
  readonly wall: WallMillis
  /** Milliseconds since boot; does not jump when the wall clock is set. */
  readonly monotonic: number
  /** Another boot makes every `monotonic` of before meaningless. */
  readonly boot: string
}
export interface Clock {
  now(): Moment
  sleep(ms: number, signal?: AbortSignal): Promise<void>
}
