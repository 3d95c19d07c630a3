import type { SeenSpan } from '../../model/recommendation.ts'
import { unixSeconds } from '../../model/time.ts'
import { chosenReadings } from './chosen-readings.ts'
import type { SpanTables } from './load-spans.ts'
import type { CountedContainer } from './points-of.ts'
import { RECENT_SECONDS } from './usage-queries.ts'

/** When a container was seen, over all of its pods; undefined where it never was. */
export function seenSpan(container: CountedContainer, spans: SpanTables): SeenSpan | undefined {
  const valuesOf = (table: SpanTables['first']): readonly number[] =>
    chosenReadings(container, table).map(({ value }) => value)
  const firsts = valuesOf(spans.first)
  const lasts = valuesOf(spans.last)
  if (firsts.length === 0 || lasts.length === 0) return undefined
  const from = firsts.reduce((least, value) => Math.min(least, value))
  const to = lasts.reduce((most, value) => Math.max(most, value))
  const recent = valuesOf(spans.recent).reduce((most, value) => Math.max(most, value), 0)
  return {
    from: unixSeconds(Math.round(from)),
    to: unixSeconds(Math.round(to)),
    covered: coveredShare(valuesOf(spans.steps), (to - from) / spans.stepSeconds + 1),
    scrapeSeconds: recent < 2 ? null : Math.round(RECENT_SECONDS / recent),
  }
}

/** Pods side by side cover a step more than once: at most the whole is covered. */
function coveredShare(steps: readonly number[], possible: number): number {
  const seen = steps.reduce((sum, value) => sum + value, 0)
  return Math.min(1, seen / Math.max(1, Math.floor(possible)))
}
