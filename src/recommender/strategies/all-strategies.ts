import type { ChosenStrategy, StrategyName } from '../../model/strategy.ts'
import type { UsageNeeds } from '../usage/usage-needs.ts'
import { simple } from './simple.ts'
import { simpleLimit } from './simple-limit.ts'
import type { ObservedUsage, Proposal, Strategy } from './strategy.ts'
import { usageAware } from './usage-aware.ts'

/** Every strategy there is: a new one is a file beside this one, a line here and one in `sizingOf`. */
export const STRATEGIES: {
  readonly [Name in StrategyName]: Strategy<Extract<ChosenStrategy, { readonly strategy: Name }>['settings']>
} = { simple, simple_limit: simpleLimit, usage_aware: usageAware }
export const STRATEGY_NAMES: readonly StrategyName[] = ['simple', 'simple_limit', 'usage_aware']

/** A strategy with its settings: what a scan works with. */
export interface Sizing {
  readonly needs: UsageNeeds
  propose(observed: ObservedUsage): Proposal
}

export function sizingOf(chosen: ChosenStrategy): Sizing {
  switch (chosen.strategy) {
    case 'simple':
      return sizing(simple, chosen.settings)
    case 'simple_limit':
      return sizing(simpleLimit, chosen.settings)
    case 'usage_aware':
      return sizing(usageAware, chosen.settings)
  }
}

const sizing = <Settings>(strategy: Strategy<Settings>, settings: Settings): Sizing => ({
  needs: strategy.needs(settings),
  propose: (observed) => strategy.propose(observed, settings),
})
