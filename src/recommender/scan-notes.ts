import type { ChosenStrategy } from '../model/strategy.ts'
import type { UsageReader } from '../ports/usage-reader.ts'
import { metricWindow } from './metric-window.ts'
import { quantileLiteral } from './numbers/quantile-literal.ts'
import { lengthOfTime, ordinal } from './strategies/words.ts'

/** What holds for the whole scan: how the metrics are reached, and where krr's own rounding changes a setting. */
export function scanNotes({ strategy, settings }: ChosenStrategy, usage: UsageReader): readonly string[] {
  const { historyHours, timeframeMinutes } = settings
  const { seconds, owners } = metricWindow(historyHours, timeframeMinutes)
  const notes: string[] = [...(usage.notes ?? [])]
  if (seconds !== historyHours * 3600) {
    notes.push(`history_duration is ${historyHours} h; like krr's, the queries look at ${lengthOfTime(seconds)} of it.`)
  }
  if (seconds > 32 * 86_400) notes.push(`Pods are looked for in the last ${owners} only, as krr does.`)
  if (strategy !== 'simple_limit') {
    const asked = Number((Number(quantileLiteral(settings.cpuPercentile)) * 100).toFixed(0))
    if (asked !== settings.cpuPercentile) {
      const said = asked === 100 ? 'the maximum' : `the ${ordinal(asked)}`
      notes.push(`cpu_percentile is ${settings.cpuPercentile}; krr rounds it to two digits and asks for ${said}.`)
    }
  }
  return notes
}
