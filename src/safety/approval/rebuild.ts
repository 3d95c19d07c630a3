import type { ExecutionId } from '../../model/ids.ts'
import type { Level } from '../../model/level.ts'
import type { Plan } from '../../model/plan.ts'
import { digestOf } from '../../model/hash.ts'
import { problem, type Problem } from '../../model/problem.ts'
import { failed, ok, type Result } from '../../model/result.ts'
import type { Journal } from '../../journal/journal.ts'
import { approve, whyNotApproved, type ApprovalEvidence, type ApprovedPlan } from './approved-plan.ts'
import { whyOtherRecord } from './why-other-record.ts'

/** The level that the policy in force now demands of a plan. */
export type LevelNow = (plan: Plan) => Promise<Result<Level>>

/**
 * Makes the approved plan of an execution again from the journal, as a stranger would: the plan's text is checked
 * against its hash, the digest recomputed, decision, level and redemption verified. Nothing is ever deserialised into
 * an `ApprovedPlan`, so a worker can be restarted, but not fooled.
 */
export async function rebuildApproval(
  execution: ExecutionId,
  journal: Journal,
  levelNow: LevelNow,
): Promise<Result<ApprovedPlan>> {
  const evidence = await gather(execution, journal, levelNow)
  if (!evidence.ok) return evidence
  const why = whyNotApproved(evidence.value)
  return why ? failed(why) : ok(approve(evidence.value))
}

const refused = (message: string): Problem => problem('not_approved', message, 'Make a new plan and have it approved.')

async function gather(execution: ExecutionId, journal: Journal, levelNow: LevelNow): Promise<Result<ApprovalEvidence>> {
  const state = await journal.state()
  if (!state.ok) return state
  const queued = state.value.executions.get(execution)
  const plan = queued && state.value.plans.get(queued.plan)
  // The execution must be the one that the decision was spent on: another one has no approval of its own.
  if (!plan || plan.phase.kind !== 'applied' || plan.phase.execution !== execution)
    return failed(refused(`No approved plan was spent on execution ${execution}.`))
  const text = await journal.payload(plan.payload)
  if (!text.ok) return text
  const stored = text.value as Plan
  // Before anything is read out of it: what is not the plan that was digested need not even be a plan.
  if (digestOf(stored) !== plan.facts.digest)
    return failed(refused('The stored plan is not the one its digest was made of.'))
  const other = whyOtherRecord(stored, plan, queued)
  if (other !== undefined) return failed(refused(other))
  const needed = await levelNow(stored)
  if (!needed.ok) return needed
  return ok({
    plan: { plan: stored, digest: plan.facts.digest },
    decision: plan.phase.decision,
    levelNow: needed.value,
    execution,
  })
}
