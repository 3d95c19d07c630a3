/**
 * Values over time drawn together to at most so many: each is the highest of its share, so that no peak gets lost; null
 * where nothing is known (what is not finite is not known).
 */
export function highestPerShare(values: readonly (number | null)[], most: number): readonly (number | null)[] {
  const shares = Math.min(values.length, Math.max(0, Math.floor(most)))
  const from = (share: number): number => Math.floor((share * values.length) / shares)
  return Array.from({ length: shares }, (_, share) => highestOf(values.slice(from(share), from(share + 1))))
}

/** Null of nothing. */
export function highestOf(values: readonly (number | null)[]): number | null {
  let highest: number | null = null
  for (const value of values) {
    if (value !== null && Number.isFinite(value) && (highest === null || value > highest)) highest = value
  }
  return highest
}
