/** What one scan took. */
export interface Measured {
  readonly wallSeconds: number
  readonly queries: number
  /** Of Prometheus. */
  readonly cpuSeconds: number
  /** Of the scanning process; undefined where none is measured. */
  readonly peakBytes?: number
  readonly rows?: number
}

/** The one in the middle by wall time; the highest memory of all. */
export function middle(all: readonly Measured[]): Measured {
  const sorted = all.toSorted((a, b) => a.wallSeconds - b.wallSeconds)
  const chosen = sorted[sorted.length >> 1]
  if (!chosen) throw new Error('nothing was measured')
  const peaks = all.flatMap(({ peakBytes }) => (peakBytes === undefined ? [] : [peakBytes]))
  return peaks.length === 0 ? chosen : { ...chosen, peakBytes: Math.max(...peaks) }
}
