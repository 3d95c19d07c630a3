import type { Plan } from '../../model/plan.ts'

/** A chosen row that the plan does not change, with the reason: said and counted, never dropped. */
export type LeftOut = Plan['leftOut'][number]
