import { unixSeconds } from '../model/time.ts'
import type { ScanError } from '../model/recommendation.ts'
import type { UsageSession } from './usage-session.ts'

const HOUR = 3600

/** krr's look at how far the server's own history goes back. It stops no scan, whatever it finds. */
export async function historyErrors(session: UsageSession, historyHours: number): Promise<readonly ScanError[]> {
  const start = unixSeconds(session.at - 5 * HOUR)
  const answer = await session.askRange('max(prometheus_tsdb_head_series)', {
    start,
    end: session.at,
    stepSeconds: HOUR,
  })
  const points = answer.ok ? (answer.value[0]?.points ?? []) : []
  const [first, last] = [points[0]?.[0], points.at(-1)?.[0]]
  if (first === undefined || last === undefined) return [{ name: 'HistoryRangeError' }]
  if (last - first >= 3 * HOUR) return []
  const retryAfter = new Date((first + historyHours * HOUR) * 1000).toISOString()
  // Python's naive form, as krr writes it: no zone, and no fraction where there is none.
  return [{ name: 'NotEnoughHistoryAvailable', retry_after: retryAfter.replace(/(\.000)?Z$/, '') }]
}
