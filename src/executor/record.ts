import type { Draft } from '../journal/journal.ts'
import type { ExecutionEvent } from '../journal/event.ts'
import type { ExecutionState } from '../journal/state.ts'
import { problem, type Problem } from '../model/problem.ts'
import { failed, ok, type Result } from '../model/result.ts'
import type { Run } from './run.ts'

const ATTEMPTS = 4
const PAUSE_MS = 500

/** Appends what `decide` makes of the state as it is at that moment; nothing when it makes nothing. */
export async function recordWhen(
  run: Run,
  decide: (execution: ExecutionState) => ExecutionEvent | undefined,
  payload?: unknown,
): Promise<Result<null>> {
  for (let attempt = 1; ; attempt += 1) {
    // What is not recorded is not done, so this is where a worker that lost its claim is stopped, whatever it was about to do.
    if (run.lost.signal.aborted) return failed(run.lost.signal.reason as Problem)
    const result = await appendOnce(run, decide, payload)
    if (result.ok) return result
    // Another process may hold the database for a moment; a rule that says no says no for good.
    if (result.problem.reason !== 'journal_unwritable' || attempt === ATTEMPTS) return lose(run, result.problem)
    await run.ports.clock.sleep(PAUSE_MS)
  }
}

/** Appends one event of this execution. */
export const record = (run: Run, event: ExecutionEvent, payload?: unknown): Promise<Result<null>> =>
  recordWhen(run, () => event, payload)

async function appendOnce(
  { approved, ports }: Run,
  decide: (execution: ExecutionState) => ExecutionEvent | undefined,
  payload: unknown,
): Promise<Result<null>> {
  return ports.journal.append((state) => {
    const execution = state.executions.get(approved.execution)
    if (!execution) return failed(missing(approved.execution))
    const event = decide(execution)
    const draft = event && ({ actor: ports.actor, event, ...(payload !== undefined && { payload }) } satisfies Draft)
    return ok({ drafts: draft ? [draft] : [], value: null })
  })
}

const missing = (execution: string): Problem =>
  problem('illegal_transition', `There is no execution ${execution}.`, 'Look at the list: krr-mcp history')

/** A step that the rules refuse is an answer; a lost claim or journal ends this worker's work at once. */
function lose(run: Run, why: Problem): Result<null> {
  if (why.reason !== 'illegal_transition') run.lost.abort(why)
  return failed(why)
}
