/** What a person reads off a chart. Cores or bytes; of the chart's coarse steps, not of the samples that numbers rest on. */
export interface UsageFigures {
  readonly min: number
  /** At 95 of 100 steps it was at most this (nearest rank). */
  readonly p95: number
  readonly peak: number
}

/** Null where nothing was seen. */
export function usageFigures(values: readonly (number | null)[]): UsageFigures | null {
  const seen = values
    .filter((value) => value !== null && Number.isFinite(value))
    .toSorted((a, b) => Number(a) - Number(b))
  const [min, peak] = [seen[0], seen.at(-1)]
  const p95 = seen[Math.ceil(seen.length * 0.95) - 1]
  return typeof min === 'number' && typeof peak === 'number' && typeof p95 === 'number' ? { min, p95, peak } : null
}
