import { isFinal } from '../../model/status.ts'
import { ok, type Result } from '../../model/result.ts'
import type { AppPorts } from '../common/app-ports.ts'
import { loadExecution, type ExecutionView } from '../common/load.ts'

/** Forbids further forward writes. Needs no approval; verification and the approved undo of what was written go on. */
export async function stopExecution(typed: string | undefined, ports: AppPorts): Promise<Result<ExecutionView>> {
  const view = await loadExecution(typed, ports)
  if (!view.ok) return view
  const { id } = view.value.execution
  const stopped = await ports.journal.append((state) => {
    const execution = state.executions.get(id)
    if (!execution || isFinal(execution.status) || execution.stopRequested) return ok({ drafts: [], value: null })
    return ok({
      drafts: [{ actor: ports.actor, event: { kind: 'stop_requested', subject: id, facts: {} } }],
      value: null,
    })
  })
  return stopped.ok ? loadExecution(id, ports) : stopped
}
