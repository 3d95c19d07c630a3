import type { ExecutionState } from '../journal/state.ts'
import { isOver } from '../model/moment.ts'
import type { Problem } from '../model/problem.ts'
import { ok, type Result } from '../model/result.ts'
import type { Run } from './run.ts'

/** Why no forward write may happen now, as a sentence; null when one may. */
export async function whyNoWrite(run: Run): Promise<Result<string | null>> {
  const state = await run.ports.journal.state()
  if (!state.ok) {
    run.lost.abort(state.problem satisfies Problem)
    return state
  }
  const execution = state.value.executions.get(run.approved.execution)
  return ok(execution ? whyStopped(execution, run) : 'The execution is not in the journal.')
}

function whyStopped(execution: ExecutionState, { ports }: Run): string | null {
  // Seen before every write: a person who asked to stop must not see another workload change.
  if (execution.stopRequested) return 'A stop was requested.'
  if (isOver(execution.queuedAt, ports.clock.now(), execution.deadline)) return 'The execution deadline has passed.'
  return null
}
