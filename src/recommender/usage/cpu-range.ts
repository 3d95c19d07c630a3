import { unixSeconds } from '../../model/time.ts'
import type { RangeWindow } from '../../ports/usage-reader.ts'
import type { PodsOfContainer } from '../discovery/pods-of-container.ts'
import { LONGEST_RANGE, rangeChunks } from './range-chunks.ts'
import type { UsageLoad } from './usage-load.ts'
import type { CpuNeed } from './usage-needs.ts'

export type Percentiles = Extract<CpuNeed, { kind: 'percentiles' }>
/** Points in one answer: about 32 bytes each in JSON. */
const POINTS_PER_ANSWER = 400_000

/** krr cuts the end to whole minutes, and takes the history as it was given. */
export function krrRange({ session, needs }: UsageLoad, { historySeconds }: Percentiles): RangeWindow {
  const end = Math.floor(session.at / 60) * 60
  return { start: unixSeconds(end - historySeconds), end: unixSeconds(end), stepSeconds: needs.window.stepSeconds }
}

/** Containers of one namespace together, as many as make one answer of the usual size. */
export function inBatches(
  containers: readonly PodsOfContainer[],
  points: number,
): readonly (readonly PodsOfContainer[])[] {
  const batches: PodsOfContainer[][] = []
  let room = 0
  for (const each of containers) {
    const weight = each.pods.length * points
    if (weight === 0) continue
    const last = batches.at(-1)
    if (last && weight <= room && last[0]?.container.namespace === each.container.namespace) last.push(each)
    else {
      batches.push([each])
      room = POINTS_PER_ANSWER
    }
    room -= weight
  }
  return batches
}

/** The pieces in which a batch is asked. */
export function chunksOf(batch: readonly PodsOfContainer[], window: RangeWindow): readonly RangeWindow[] {
  const series = batch.reduce((sum, { pods }) => sum + pods.length, 0)
  return rangeChunks(window, Math.max(1, Math.min(LONGEST_RANGE, Math.floor(POINTS_PER_ANSWER / series))))
}

/** How many range queries that takes. */
export function cpuRangeQueries(load: UsageLoad, need: Percentiles): number {
  const window = krrRange(load, need)
  const points = (window.end - window.start) / window.stepSeconds
  if (points > LONGEST_RANGE && !load.longRanges) return 0
  return inBatches(load.containers, points).reduce((sum, batch) => sum + chunksOf(batch, window).length, 0)
}
