import type { ExecutionState } from '../journal/state.ts'
import { problem } from '../model/problem.ts'
import { failed, ok, type Result } from '../model/result.ts'
import type { Run } from './run.ts'

const LOST = problem('lease_lost', 'This worker lost its claim.', 'Let the worker that holds it finish.')

/** The execution as the journal has it now; a problem, and the end of this worker's work, when it is ours no more. */
export async function currentState(run: Run): Promise<Result<ExecutionState>> {
  const state = await run.ports.journal.state()
  const execution = state.ok ? state.value.executions.get(run.approved.execution) : undefined
  if (execution?.fence === run.fence) return ok(execution)
  const why = state.ok ? LOST : state.problem
  run.lost.abort(why)
  return failed(why)
}
