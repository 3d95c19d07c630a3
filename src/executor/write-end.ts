import type { StepEnd } from './step-end.ts'
import type { Expectation } from './verify/expectation.ts'

/** What writing one step came to. `halt` says why no further step may be written. */
export interface WriteEnd {
  /** What to verify; undefined when the step was not written. */
  readonly written?: Expectation
  /** Worth saying of a step that was written, whatever comes of it. */
  readonly remark?: string
  /** How it ended, when it was not written. */
  readonly end?: StepEnd
  readonly halt?: string
}
