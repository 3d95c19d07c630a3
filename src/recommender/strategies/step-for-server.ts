import type { Compat } from '../../model/observation.ts'
import type { ChosenStrategy } from '../../model/strategy.ts'
import { metricWindow } from '../metric-window.ts'

/** As the metrics connection names Amazon's Prometheus. */
export const AMAZON = 'AMP'
const MOST_STEPS = 11_000

/** krr stretches the step on Amazon's Prometheus, so that a range has at most 11,000 points, also where it asks for none. */
export function stepForServer(
  chosen: ChosenStrategy,
  { engine, compat }: { readonly engine: string | undefined; readonly compat: Compat },
): ChosenStrategy {
  if (compat !== 'krr' || !isStretched(chosen, engine)) return chosen
  const timeframeMinutes = (chosen.settings.historyHours * 60) / 10_000
  switch (chosen.strategy) {
    case 'simple':
      return { strategy: 'simple', settings: { ...chosen.settings, timeframeMinutes } }
    case 'simple_limit':
      return { strategy: 'simple_limit', settings: { ...chosen.settings, timeframeMinutes } }
    case 'usage_aware':
      // Not krr's: nothing to be compatible with.
      return chosen
  }
}

/** Whether krr would ask this server at another step than the one that was asked for. */
export function isStretched({ settings }: ChosenStrategy, engine: string | undefined): boolean {
  const { stepSeconds } = metricWindow(settings.historyHours, settings.timeframeMinutes)
  return engine === AMAZON && (settings.historyHours * 3600) / stepSeconds > MOST_STEPS
}
