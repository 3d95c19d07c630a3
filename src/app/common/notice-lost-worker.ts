import type { ExecutionId } from '../../model/ids.ts'
import { isOver } from '../../model/moment.ts'
import { ok, type Result } from '../../model/result.ts'
import { isFinal } from '../../model/status.ts'
import { millis } from '../../model/time.ts'
import type { ExecutionState } from '../../journal/state.ts'
import type { AppPorts } from './app-ports.ts'

/** A worker gives a sign of life every 5 s. */
const SILENT_FOR = millis(30_000)

const WHY =
  'The worker that carried this out is gone; what it last did is on record, what it was about to do is not known to be done. Look at the workloads, then make a new plan or run rollback.'

/**
 * An execution whose worker fell silent is nobody's. Until workers can take over from one another it needs a person, and
 * says so: waiting for ever would be a lie, and guessing would be worse.
 */
export async function noticeLostWorker(
  id: ExecutionId,
  ports: Pick<AppPorts, 'journal' | 'leases' | 'clock' | 'actor'>,
): Promise<Result<null>> {
  const lease = await ports.leases.read(id)
  if (!lease.ok) return lease
  // What a worker records is a sign of life too: one that has just claimed the execution has given no other yet.
  const lost = (execution: ExecutionState | undefined): boolean =>
    execution !== undefined &&
    !isFinal(execution.status) &&
    [lease.value?.beat ?? execution.queuedAt, execution.changedAt].every((sign) =>
      isOver(sign, ports.clock.now(), SILENT_FOR),
    )
  const state = await ports.journal.state()
  if (!state.ok) return state
  if (!lost(state.value.executions.get(id))) return ok(null)
  return ports.journal.append((current) => {
    // Asked again now that nobody else can record anything: a worker may have claimed it meanwhile.
    if (!lost(current.executions.get(id))) return ok({ drafts: [], value: null })
    const facts = { fence: null, status: 'needs_human', why: WHY } as const
    return ok({ drafts: [{ actor: ports.actor, event: { kind: 'execution_ended', subject: id, facts } }], value: null })
  })
}
