import type { Plan } from '../../model/plan.ts'
import type { PlanStatus } from '../../model/status.ts'
import type { ShownPlan } from './plan-text.ts'

export interface PlanJson {
  readonly id: string
  readonly status: PlanStatus
  readonly cluster: string
  /** SHA-256 of the canonical JSON of `plan`. */
  readonly digest: string
  /** The execution that it was applied as. */
  readonly execution: string | null
  readonly plan: Plan
}

/** A plan for programs: every byte that the digest covers, and how it stands. No question's answer is in it. */
export const planJson = ({ plan, digest, status, state }: ShownPlan): PlanJson => ({
  id: plan.id,
  status,
  cluster: state.facts.clusterName,
  digest,
  execution: state.phase.kind === 'applied' ? state.phase.execution : null,
  plan,
})
