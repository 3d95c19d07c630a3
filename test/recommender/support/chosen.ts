import type {
  ChosenStrategy,
  SimpleLimitSettings,
  SimpleSettings,
  UsageAwareSettings,
} from '../../../src/model/strategy.ts'
import { STRATEGIES } from '../../../src/recommender/strategies/all-strategies.ts'
import type { SettingTable } from '../../../src/recommender/strategies/setting.ts'

/** A strategy's defaults with these changes; not judged. */
function settingsOf<Settings>(table: SettingTable<Settings>, more: Partial<Settings>): Settings {
  const rows = Object.entries<{ readonly fallback: number | boolean }>(table)
  return { ...(Object.fromEntries(rows.map(([key, { fallback }]) => [key, fallback])) as Settings), ...more }
}

/** krr's defaults of `simple`. */
export const simpleSettings = (more: Partial<SimpleSettings> = {}): SimpleSettings =>
  settingsOf(STRATEGIES.simple.settings, more)
export const simpleWith = (more: Partial<SimpleSettings> = {}): ChosenStrategy => ({
  strategy: 'simple',
  settings: simpleSettings(more),
})
export const limitSettings = (more: Partial<SimpleLimitSettings> = {}): SimpleLimitSettings =>
  settingsOf(STRATEGIES.simple_limit.settings, more)
export const limitWith = (more: Partial<SimpleLimitSettings> = {}): ChosenStrategy => ({
  strategy: 'simple_limit',
  settings: limitSettings(more),
})
export const awareSettings = (more: Partial<UsageAwareSettings> = {}): UsageAwareSettings =>
  settingsOf(STRATEGIES.usage_aware.settings, more)
export const awareWith = (more: Partial<UsageAwareSettings> = {}): ChosenStrategy => ({
  strategy: 'usage_aware',
  settings: awareSettings(more),
})
