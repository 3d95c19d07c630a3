import type { CheckResult } from '../../model/plan.ts'
import { ok, type Result } from '../../model/result.ts'
import type { ChosenRows } from './choose-rows.ts'
import { draftStep, type DraftOutcome } from './draft-step.ts'
import type { Draft } from './gather-snapshots.ts'
import { groupRows } from './group-rows.ts'
import { inParallel } from './in-parallel.ts'
import type { LeftOut } from './left-out.ts'
import type { FieldChoice, PlanPorts } from './plan-wish.ts'

/** What would change, before it is frozen and checked. */
export interface Drafted {
  readonly drafts: readonly Draft[]
  readonly leftOut: readonly LeftOut[]
  readonly notes: readonly CheckResult[]
}

/** The chosen rows, workload by workload, against the workloads as they are now. */
export async function draftRows(
  chosen: ChosenRows,
  only: readonly FieldChoice[],
  ports: PlanPorts,
): Promise<Result<Drafted>> {
  const { groups, leftOut } = groupRows(chosen.rows)
  const results = await inParallel(groups, (group) => draftStep(group, only, ports))
  const outcomes: DraftOutcome[] = []
  for (const result of results) {
    // One workload that cannot be read fails the plan: half a plan is another plan than the one that was asked for.
    if (!result.ok) return result
    outcomes.push(result.value)
  }
  const left = [...chosen.leftOut, ...leftOut, ...outcomes.flatMap((each) => each.leftOut)]
  return ok({
    drafts: outcomes.flatMap((each) => (each.draft ? [each.draft] : [])),
    leftOut: left.toSorted((a, b) => a.row - b.row),
    notes: outcomes.flatMap((each) => each.notes),
  })
}
