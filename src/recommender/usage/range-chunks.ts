import type { RangeWindow } from '../../ports/usage-reader.ts'
import { unixSeconds } from '../../model/time.ts'

/** What a stock Prometheus answers in one range: more points per series are refused. */
export const LONGEST_RANGE = 11_000

/** The points of one long range, in pieces: start, start + step, … up to `end`, none of them twice. */
export function rangeChunks({ start, end, stepSeconds }: RangeWindow, pointsPerChunk: number): readonly RangeWindow[] {
  const steps = Math.floor((end - start) / stepSeconds)
  const chunks: RangeWindow[] = []
  for (let first = 0; first <= steps; first += pointsPerChunk) {
    const last = Math.min(first + pointsPerChunk - 1, steps)
    const at = (step: number) => unixSeconds(start + step * stepSeconds)
    chunks.push({ start: at(first), end: at(last), stepSeconds })
  }
  return chunks
}

/** Two pieces of about the same length, or undefined for a single point. */
export function halfRanges(window: RangeWindow): readonly [RangeWindow, RangeWindow] | undefined {
  const points = Math.floor((window.end - window.start) / window.stepSeconds) + 1
  const [first, second] = rangeChunks(window, Math.ceil(points / 2))
  return first && second ? [first, second] : undefined
}
