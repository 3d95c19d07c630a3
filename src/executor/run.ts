import type { ApprovedPlan } from '../safety/approval/approved-plan.ts'
import type { ExecutorPorts } from './executor-ports.ts'

/** One claimed execution, as long as this worker holds it. */
export interface Run {
  readonly approved: ApprovedPlan
  readonly ports: ExecutorPorts
  readonly fence: number
  /** Aborted, with the problem as reason, when claim or journal is lost: from then on nothing is written or recorded. */
  readonly lost: AbortController
}
