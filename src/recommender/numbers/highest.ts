/** numpy's `max`: one NaN makes the whole NaN. NaN for nothing at all. */
export function highest(values: Iterable<number>): number {
  let most = Number.NaN
  let first = true
  for (const value of values) {
    if (Number.isNaN(value)) return Number.NaN
    if (first || value > most) most = value
    first = false
  }
  return most
}
