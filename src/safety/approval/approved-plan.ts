import type { Decision } from '../../model/decision.ts'
import { digestOf } from '../../model/hash.ts'
import type { ExecutionId } from '../../model/ids.ts'
import { satisfies, stricter, type Level } from '../../model/level.ts'
import { blocks, type DigestedPlan, type Plan } from '../../model/plan.ts'
import { problem, type Problem } from '../../model/problem.ts'
import { frozenCopy } from './frozen-copy.ts'

/** What must be true together for a plan to be executed; everything in it was read from a verified journal. */
export interface ApprovalEvidence {
  readonly plan: DigestedPlan
  readonly decision: Decision
  /** The level that the policy in force now demands; the stricter of this and the plan's own holds. */
  readonly levelNow: Level
  /** The one execution that this decision was spent on. */
  readonly execution: ExecutionId
}

const REPROPOSE = 'Make a new plan with preview_changes and have it approved.'
const refused = (message: string): Problem => problem('not_approved', message, REPROPOSE)

/** The reasons for which evidence is no approval; undefined when there is none. */
export function whyNotApproved({ plan, decision, levelNow }: ApprovalEvidence): Problem | undefined {
  // The digest is recomputed, not believed: a plan edited in the store must never run under another plan's yes.
  if (digestOf(plan.plan) !== plan.digest) return refused('The stored plan is not the one its digest was made of.')
  if (decision.plan !== plan.plan.id || decision.digest !== plan.digest)
    return refused('The decision on record is about another plan.')
  if (decision.answer !== 'approved') return refused('A person refused this plan.')
  const needed = stricter(plan.plan.requiredLevel, levelNow)
  // A policy that became stricter after the yes must not be passed by an older, weaker yes.
  if (!satisfies(decision.level, needed))
    return refused(`The plan needs a decision at level ${needed}; the one on record has ${decision.level}.`)
  // A blocked plan can never be approved, whatever the journal says.
  if (plan.plan.checks.some(blocks)) return refused('The plan has blocking checks.')
  return undefined
}

/** Not exported: the constructor is the gate, so there is no way round it. */
class Approved {
  readonly #sealed: true = true
  readonly plan: Plan
  readonly digest: string
  readonly execution: ExecutionId
  readonly decision: Decision

  constructor(given: ApprovalEvidence) {
    // Judged and kept is one and the same copy: what changes during or after the judging is not what was approved.
    const evidence = frozenCopy(given)
    const why = whyNotApproved(evidence)
    if (why) throw new Error(why.message)
    this.plan = evidence.plan.plan
    this.digest = evidence.plan.digest
    this.execution = evidence.execution
    this.decision = evidence.decision
    Object.freeze(this)
  }

  static is(this: void, value: unknown): value is Approved {
    return typeof value === 'object' && value !== null && #sealed in value && value.#sealed
  }
}

/** The only value that the executor and the writing transport accept. It cannot be forged, copied or deserialised. */
export type ApprovedPlan = Approved
export const isApprovedPlan = (value: unknown): value is ApprovedPlan => Approved.is(value)
/** The only mint. Throws when the evidence is none: callers ask `whyNotApproved` first. */
export const approve = (evidence: ApprovalEvidence): ApprovedPlan => new Approved(evidence)
