import type { SeenSpan } from '../../model/recommendation.ts'
import { unixSeconds } from '../../model/time.ts'
import { chosenReadings } from './chosen-readings.ts'
import type { SpanTables } from './load-spans.ts'
import type { CountedContainer } from './points-of.ts'
import { RECENT_SECONDS } from './usage-queries.ts'

/** Beyond this a time is no date any more, whatever a server says. */
const LAST_SECOND = 8.64e12

/** When a container was seen, over all of its pods; undefined where it never was. */
export function seenSpan(container: CountedContainer, spans: SpanTables): SeenSpan | undefined {
  const valuesOf = (table: SpanTables['first']): ReadonlyMap<string, number> =>
    new Map(chosenReadings(container, table).map(({ pod, value }) => [pod, value] as const))
  const [lasts, steps, recent] = [valuesOf(spans.last), valuesOf(spans.steps), valuesOf(spans.recent)]
  const pods = [...valuesOf(spans.first)].flatMap(([pod, first]) => {
    const last = lasts.get(pod)
    const isTime = last !== undefined && Math.abs(first) < LAST_SECOND && Math.abs(last) < LAST_SECOND
    return !isTime ? [] : [{ first, last, steps: steps.get(pod) ?? 0 }]
  })
  if (pods.length === 0) return undefined
  const from = pods.reduce((least, { first }) => Math.min(least, first), Infinity)
  const to = pods.reduce((most, { last }) => Math.max(most, last), -Infinity)
  const samples = [...recent.values()].reduce((most, value) => Math.max(most, value), 0)
  return {
    from: unixSeconds(Math.round(from)),
    to: unixSeconds(Math.round(to)),
    covered: coveredShare(pods, (at) => Math.round((at - from) / spans.stepSeconds)),
    scrapeSeconds: samples < 2 ? null : Math.round(RECENT_SECONDS / samples),
  }
}

/** From when to when a pod was seen, and at how many steps of that. */
interface PodSpan {
  readonly first: number
  readonly last: number
  readonly steps: number
}

/** Each step counts as much as the most densely seen of the pods that were there: pods side by side hide no gap. */
function coveredShare(pods: readonly PodSpan[], stepOf: (at: number) => number): number {
  const covered: number[] = []
  for (const { first, last, steps } of pods) {
    const [begin, end] = [stepOf(first), stepOf(last)]
    const density = Math.min(1, steps / (end - begin + 1))
    for (let step = begin; step <= end; step += 1) covered[step] = Math.max(covered[step] ?? 0, density)
  }
  // Steps at which no pod was there are holes in the array, and count as nothing.
  return covered.reduce((sum, share) => sum + share, 0) / covered.length
}
