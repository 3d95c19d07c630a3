import type { ScanError } from '../model/recommendation.ts'
import type { UnixSeconds } from '../model/time.ts'

const HOUR = 3600

/** krr's complaints about how far the server's own history goes back. They stop no scan. */
export function historyErrors(ownHistory: readonly UnixSeconds[], historyHours: number): readonly ScanError[] {
  const [first, last] = [ownHistory[0], ownHistory.at(-1)]
  if (first === undefined || last === undefined) return [{ name: 'HistoryRangeError' }]
  if (last - first >= 3 * HOUR) return []
  const retryAfter = new Date((first + historyHours * HOUR) * 1000).toISOString()
  // Python's naive form, as krr writes it: no zone, and no fraction where there is none.
  return [{ name: 'NotEnoughHistoryAvailable', retry_after: retryAfter.replace(/(\.000)?Z$/, '') }]
}
