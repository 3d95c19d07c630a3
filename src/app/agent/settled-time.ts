import { unixSeconds, type UnixSeconds, type WallMillis } from '../../model/time.ts'

/** Servers hide the newest half minute (late scrapes, VictoriaMetrics' latency offset): asking for it gives holes. */
const SETTLED_SECONDS = 30
const MINUTE = 60

/** The newest time worth asking about. Whole minutes: scans of the same minute ask the same, and the server answers once. */
export const settledTime = (now: WallMillis): UnixSeconds =>
  unixSeconds(Math.floor((now / 1000 - SETTLED_SECONDS) / MINUTE) * MINUTE)
