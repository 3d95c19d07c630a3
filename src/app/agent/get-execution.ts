import { ok, type Result } from '../../model/result.ts'
import { isFinal } from '../../model/status.ts'
import type { ExecutionState, JournalState } from '../../journal/state.ts'
import type { AppPorts } from '../common/app-ports.ts'
import { loadExecution, type ExecutionView } from '../common/load.ts'
import { noticeLostWorker } from '../common/notice-lost-worker.ts'
import { waitForChange } from '../common/wait-for-change.ts'

export interface ExecutionRequest {
  readonly execution: string | undefined
  readonly waitSeconds: number
  /** What the caller has seen last: waiting ends at what differs from it, also if that came before the call. */
  readonly seen?: ExecutionState
  readonly signal?: AbortSignal
}

function news(execution: ExecutionState | undefined): string {
  if (!execution) return ''
  const { status, stopRequested, steps } = execution
  const parts = steps.map(({ write, undo, tiers, undoSettled }) => [write, undo, tiers.length, undoSettled?.complete])
  return JSON.stringify([status, stopRequested, parts])
}

/** How an execution stands; with `waitSeconds`, returns as soon as there is news. */
export async function getExecution(
  { execution, waitSeconds: seconds, seen, signal }: ExecutionRequest,
  ports: AppPorts,
): Promise<Result<ExecutionView>> {
  const view = await loadExecution(execution, ports)
  if (!view.ok) return view
  const { id } = view.value.execution
  const watch = (state: JournalState): string => news(state.executions.get(id))
  if (seconds > 0 && !isFinal(view.value.execution.status)) {
    const before = news(seen ?? view.value.execution)
    const waited = await waitForChange({ watch, before, seconds, ...(signal ? { signal } : {}) }, ports)
    if (!waited.ok) return waited
  }
  const lost = await noticeLostWorker(id, ports)
  return lost.ok ? loadExecution(id, ports) : lost
}

export interface ListedExecution {
  readonly execution: ExecutionState
  readonly clusterName: string
  readonly workloads: readonly string[]
}

/** All executions, the newest first. */
export async function listExecutions(ports: Pick<AppPorts, 'journal'>): Promise<Result<readonly ListedExecution[]>> {
  const state = await ports.journal.state()
  if (!state.ok) return state
  const { executions, plans } = state.value
  return ok(
    [...executions.values()].reverse().map((execution) => {
      const facts = plans.get(execution.plan)?.facts
      return {
        execution,
        clusterName: facts?.clusterName ?? '',
        workloads: facts?.steps.map((step) => step.title) ?? [],
      }
    }),
  )
}
