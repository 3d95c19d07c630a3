import { pythonRound } from './numbers/python-round.ts'

const HOUR = 3600
const DAY = 86_400

/** The stretch of time a scan looks at, as krr's queries have it. */
export interface MetricWindow {
  /** `[D]` of the metric queries: minutes up to a day, whole days above (25 h is 1 d). */
  readonly duration: string
  readonly seconds: number
  /** `[P]` of the owner queries: hours or days, at most 32. */
  readonly owners: string
  /** `S`: the distance of two points. */
  readonly step: string
  readonly stepSeconds: number
}

/** krr's literals for a history and a step, truncation and all (reference: krr's loaders). */
export function metricWindow(historyHours: number, timeframeMinutes: number): MetricWindow {
  const history = historyHours * HOUR
  const days = Math.floor(history / DAY)
  const minutes = Math.floor(history / 60)
  const stepSeconds = pythonRound(timeframeMinutes * 60)
  return {
    duration: history > DAY ? `${days}d` : `${minutes}m`,
    seconds: history > DAY ? days * DAY : minutes * 60,
    owners: history <= DAY ? `${Math.min(Math.floor(history / HOUR), 32)}h` : `${Math.min(days, 32)}d`,
    step: `${stepSeconds}s`,
    stepSeconds,
  }
}
