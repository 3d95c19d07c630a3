import { isOver } from '../model/moment.ts'
import { ok, type Result } from '../model/result.ts'
import { currentState } from './current-state.ts'
import type { Run } from './run.ts'

/** Why no forward write may happen now, as a sentence; null when one may. */
export async function whyNoWrite(run: Run): Promise<Result<string | null>> {
  const execution = await currentState(run)
  if (!execution.ok) return execution
  const { stopRequested, queuedAt, deadline } = execution.value
  // Seen before every write: a person who asked to stop must not see another workload change.
  if (stopRequested) return ok('A stop was requested.')
  return ok(isOver(queuedAt, run.ports.clock.now(), deadline) ? 'The execution deadline has passed.' : null)
}
