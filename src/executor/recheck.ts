import type { Plan } from '../model/plan.ts'
import type { Result } from '../model/result.ts'

/**
 * What the approver saw, derived again right before a step. It can only stop the step: a problem means that the step is
 * not written and is reported.
 */
export type Recheck = (plan: Plan, step: number) => Promise<Result<null>>
