import type { ExecutionState } from '../../journal/state.ts'
import type { ShownExecution } from './execution-summary.ts'

export interface ExecutionJson extends Omit<ExecutionState, 'tokenHash'> {
  readonly cluster: string
  /** `shop deployment/web`, by step. */
  readonly workloads: readonly { readonly step: number; readonly namespace: string; readonly workload: string }[]
}

/** An execution for programs: its state with the names of its workloads. */
export function executionJson({ execution, plan, clusterName }: ShownExecution): ExecutionJson {
  const { tokenHash: _, ...state } = execution
  return {
    ...state,
    cluster: clusterName,
    workloads: plan.steps.map(({ step, target }) => ({
      step,
      namespace: target.namespace,
      workload: `${target.kind.toLowerCase()}/${target.name}`,
    })),
  }
}
