import type { ExecutionState } from '../../journal/state.ts'
import type { ListedExecution } from './history-text.ts'

export interface ListedExecutionJson extends Omit<ExecutionState, 'tokenHash'> {
  readonly cluster: string
  readonly workloads: readonly string[]
}

/** One execution of a list, for programs. */
export function listedExecutionJson({ execution, clusterName, workloads }: ListedExecution): ListedExecutionJson {
  const { tokenHash: _, ...state } = execution
  return { ...state, cluster: clusterName, workloads }
}
