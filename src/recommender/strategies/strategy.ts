import type { ObservedAutoscaler, ObservedContainer } from '../../model/observation.ts'
import type { Info } from '../../model/recommendation.ts'
import type { StrategyName } from '../../model/strategy.ts'
import type { ContainerUsage } from '../usage/container-usage.ts'
import type { UsageNeeds } from '../usage/usage-needs.ts'
import type { SettingTable } from './setting.ts'

/** A way to size a container: its settings, what it needs to know, and what it makes of that. One file each, beside this one. */
export interface Strategy<Settings> {
  readonly name: StrategyName
  /** A line for the help. */
  readonly summary: string
  readonly settings: SettingTable<Settings>
  needs(settings: Settings): UsageNeeds
  propose(observed: ObservedUsage, settings: Settings): Proposal
}

export interface ObservedUsage {
  readonly container: ObservedContainer
  readonly usage: ContainerUsage
  readonly autoscaler: ObservedAutoscaler | null
}

/** Before rounding and minimums, which are the same for every strategy. */
export interface Proposal {
  readonly cpu: ResourceProposal
  readonly memory: ResourceProposal
}
export interface ResourceProposal {
  /** Cores or bytes; null: do not set; NaN: withheld, or not computable. */
  readonly request: number | null
  readonly limit: number | null
  readonly info: Info
  /** How the number came about, without a full stop. */
  readonly basis: string
}
