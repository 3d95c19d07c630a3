import type { PlanStep } from '../model/plan.ts'
import { ok, type Result } from '../model/result.ts'
import { millis } from '../model/time.ts'
import { patiently } from './patiently.ts'
import { record } from './record.ts'
import type { Run } from './run.ts'

const PATIENCE_MS = millis(10_000)

/** Right after a write: would its undo be taken? Null, or the sentence that says why not. */
export async function rehearseUndo(run: Run, step: PlanStep): Promise<Result<string | null>> {
  const answer = await patiently(run, PATIENCE_MS, () => run.ports.writer.rehearse(run.approved, step.step, 'undo'))
  const message = answer.ok ? 'The undo would be taken.' : `The undo would not be taken: ${answer.problem.message}`
  const facts = { step: step.step, fence: run.fence, accepted: answer.ok, message }
  const recorded = await record(run, { kind: 'undo_rehearsed', subject: run.approved.execution, facts })
  if (!recorded.ok) return recorded
  return ok(answer.ok ? null : message)
}
