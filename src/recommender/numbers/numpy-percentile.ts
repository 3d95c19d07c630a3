/**
 * numpy's `percentile` with its default, linear, interpolation, to the last bit (reference: krr.md 4.2; numpy 1.26).
 * `sorted` ascends. NaN where there is no value, or one is NaN (they sort last).
 */
export function numpyPercentile(sorted: Float64Array, percent: number): number {
  const count = sorted.length
  const last = sorted[count - 1]
  if (last === undefined || Number.isNaN(last)) return Number.NaN
  const rank = (count - 1) * (percent / 100)
  if (rank >= count - 1) return last
  const below = Math.floor(rank)
  const share = rank - below
  const low = sorted[below] ?? last
  const high = sorted[below + 1] ?? last
  const distance = high - low
  // numpy steps back from the upper value in the upper half.
  return share >= 0.5 ? high - distance * (1 - share) : low + distance * share
}
