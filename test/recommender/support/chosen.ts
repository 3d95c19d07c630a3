import type { ChosenStrategy, SimpleSettings } from '../../../src/model/strategy.ts'
import { STRATEGIES } from '../../../src/recommender/strategies/all-strategies.ts'

/** krr's defaults of `simple`, with these changes; not judged. */
export const simpleSettings = (more: Partial<SimpleSettings> = {}): SimpleSettings => {
  const { settings } = STRATEGIES.simple
  const fallbacks = Object.fromEntries(Object.entries(settings).map(([key, { fallback }]) => [key, fallback]))
  return { ...(fallbacks as unknown as SimpleSettings), ...more }
}
export const simpleWith = (more: Partial<SimpleSettings> = {}): ChosenStrategy => ({
  strategy: 'simple',
  settings: simpleSettings(more),
})
