import { describe, expect, it } from 'vitest'
import type { StrategyName } from '../../src/model/strategy.ts'
import { STRATEGIES, STRATEGY_NAMES } from '../../src/recommender/strategies/all-strategies.ts'
import { chooseStrategy } from '../../src/recommender/strategies/choose-strategy.ts'
import type { Setting } from '../../src/recommender/strategies/setting.ts'

const settings: readonly (readonly [StrategyName, string, Setting])[] = STRATEGY_NAMES.flatMap((name) =>
  Object.entries<Setting>(STRATEGIES[name].settings).map(([key, setting]) => [name, key, setting] as const),
)

describe('every setting of every strategy', () => {
  it.each(STRATEGY_NAMES)('has a default that is allowed: %s', (name) => {
    const chosen = chooseStrategy(name, {})
    const defaults = Object.entries<Setting>(STRATEGIES[name].settings).map(([key, { fallback }]) => [key, fallback])
    expect(chosen).toEqual({ ok: true, value: { strategy: name, settings: Object.fromEntries(defaults) } })
  })

  it.each(settings)(
    'is refused by its name where it is no value of its kind: %s %s',
    (name, key, { flag, fallback }) => {
      const wrongs = typeof fallback === 'boolean' ? [1, 0] : [true, Number.NaN, Infinity, -1]
      for (const wrong of wrongs) {
        const chosen = chooseStrategy(name, { [key]: wrong })
        expect([wrong, chosen]).toMatchObject([
          wrong,
          { ok: false, problem: { reason: 'bad_setting', message: expect.stringContaining(flag) } },
        ])
      }
    },
  )

  it.each(settings)('is taken as it is given: %s %s', (name, key, { fallback }) => {
    const other = typeof fallback === 'boolean' ? !fallback : fallback + 1
    expect(chooseStrategy(name, { [key]: other })).toMatchObject({ ok: true, value: { settings: { [key]: other } } })
  })

  it('has one flag of its own within its strategy', () => {
    for (const name of STRATEGY_NAMES) {
      const flags = settings.flatMap(([of, , { flag }]) => (of === name ? [flag.replaceAll('-', '_')] : []))
      expect(new Set(flags).size).toBe(flags.length)
    }
  })
})

it.each([
  ['usage_aware', { cpuHeadroomPercentage: 0, throttledAbovePercentage: 0, cpuPercentile: 100 }],
  ['usage_aware', { throttledAbovePercentage: 100 }],
  ['simple_limit', { cpuRequest: 0.1, cpuLimit: 100 }],
] as const)('values at the edge are allowed: %s %j', (name, given) => {
  expect(chooseStrategy(name, given)).toMatchObject({ ok: true, value: { settings: given } })
})

it.each([
  ['usage_aware', { throttledAbovePercentage: 100.1 }],
  ['usage_aware', { cpuHeadroomPercentage: -0.1 }],
  ['usage_aware', { cpuPercentile: 0 }],
  ['simple_limit', { cpuRequest: 0 }],
  ['simple_limit', { cpuLimit: 100.1 }],
] as const)('values beyond it are not: %s %j', (name, given) => {
  expect(chooseStrategy(name, given)).toMatchObject({ ok: false, problem: { reason: 'bad_setting' } })
})

it('what no strategy has is refused without a proposal of another one', () => {
  expect(chooseStrategy('simple', { colour: 7 })).toMatchObject({
    ok: false,
    problem: { message: 'colour is no setting of simple.', next: 'Leave it out.' },
  })
})
