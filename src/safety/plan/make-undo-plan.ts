import type { ExecutionId } from '../../model/ids.ts'
import type { DigestedPlan, Plan } from '../../model/plan.ts'
import { problem, type Problem } from '../../model/problem.ts'
import { failed, ok, type Result } from '../../model/result.ts'
import { checkDrafts } from './check-drafts.ts'
import { digestPlan } from './digest-plan.ts'
import { draftUndo, type UndoOutcome } from './draft-undo.ts'
import { stepOf, type FrozenDraft } from './frozen-draft.ts'
import { inParallel } from './in-parallel.ts'
import type { LeftOut } from './left-out.ts'
import { planFrame } from './plan-frame.ts'
import type { PlanFrame, PlanPorts } from './plan-wish.ts'
import { BY_IDENTITY_ALONE, sameCluster } from './same-cluster.ts'
import { softenForUndo } from './soften-for-undo.ts'

/** An execution whose written steps somebody wants undone. */
export interface UndoWish extends PlanFrame {
  readonly execution: ExecutionId
  /** The plan that was executed. */
  readonly forward: DigestedPlan
  /** The numbers of its steps that were written. */
  readonly written: readonly number[]
}

function nothingToUndo(outcomes: readonly UndoOutcome[], { execution, written }: UndoWish): Problem {
  if (written.length === 0)
    return problem('not_undoable', `Execution ${execution} has written nothing.`, 'There is nothing to undo.')
  const left = outcomes.flatMap((each) => (each.kind === 'draft' ? [] : [each.leftOut]))
  const why = left.map(({ row, why: what }) => `step ${row}: ${what}`).join('; ')
  return outcomes.every((each) => each.kind === 'restored')
    ? problem('nothing_to_change', `Execution ${execution} is undone already (${why}).`, 'There is nothing to do.')
    : problem(
        'not_undoable',
        `Execution ${execution} cannot be undone: ${why}.`,
        'Look at the workload; the old values are in krr-mcp show and in its krr-mcp.dev/last-change annotation.',
      )
}

function assemble(
  drafts: readonly FrozenDraft[],
  checked: Pick<Plan, 'cluster' | 'checks' | 'leftOut'>,
  wish: UndoWish,
) {
  return digestPlan({
    ...planFrame(
      wish,
      drafts.map((draft, index) => stepOf(draft, index + 1)),
    ),
    ...checked,
    purpose: { kind: 'undo', execution: wish.execution },
    evidenceDigest: wish.forward.digest,
  })
}

async function draftAll({ forward, written }: UndoWish, ports: PlanPorts): Promise<Result<readonly UndoOutcome[]>> {
  const steps = forward.plan.steps.filter((step) => written.includes(step.step))
  const outcomes: UndoOutcome[] = []
  for (const result of await inParallel(steps, (step) => draftUndo(step, ports))) {
    if (!result.ok) return result
    outcomes.push(result.value)
  }
  return ok(outcomes)
}

/**
 * The reverse of an execution as a plan of its own, to be confirmed like any other. Its requests are the undo bytes that
 * were frozen, shown and approved with the forward plan; its undo puts our values back.
 */
export async function makeUndoPlan(wish: UndoWish, ports: PlanPorts): Promise<Result<DigestedPlan>> {
  const { source, fingerprint } = wish.forward.plan.cluster
  const cluster = await sameCluster(fingerprint, ports, BY_IDENTITY_ALONE)
  if (!cluster.ok) return cluster
  const outcomes = await draftAll(wish, ports)
  if (!outcomes.ok) return outcomes
  const drafts = outcomes.value.flatMap((each) => (each.kind === 'draft' ? [each.draft] : []))
  if (drafts.length === 0) return failed(nothingToUndo(outcomes.value, wish))
  const leftOut: readonly LeftOut[] = outcomes.value.flatMap((each) => (each.kind === 'draft' ? [] : [each.leftOut]))
  const checks = (await checkDrafts(drafts, ports, null)).map((each) => softenForUndo(each))
  return ok(assemble(drafts, { cluster: { source, fingerprint: cluster.value }, checks, leftOut }, wish))
}
