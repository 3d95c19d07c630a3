import type { Json } from '../../model/json.ts'
import type { PlanStep } from '../../model/plan.ts'
import type { StepBaseline } from './step-baseline.ts'

/** What a written step is measured against. */
export interface Expectation {
  readonly step: PlanStep
  readonly baseline: StepBaseline
  /** The pod template as the server stored it with our write: whatever differs from it later was somebody else. */
  readonly template: Json
  /** The generation that the write made: an older object is a stale answer, not a revert. */
  readonly generation: number
}
