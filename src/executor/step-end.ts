import type { PlanStep } from '../model/plan.ts'

/**
 * How one step ended.
 * `not_started`: never tried. `refused`: tried, or checked, and not taken. `held`: written, failed or unknown, and left
 * as it is. `stuck`: only a person can tell or help.
 */
export type EndKind = 'verified' | 'unverified' | 'undone' | 'not_started' | 'refused' | 'held' | 'stuck'

export interface StepEnd {
  readonly kind: EndKind
  readonly step: PlanStep
  /** Sentences, for `why`. */
  readonly message: string
}
