import type { ExecutionState } from '../../journal/state.ts'

/** What a person can do about an execution now, as a line to paste. */
export function nextOfExecution({ id, status }: Pick<ExecutionState, 'id' | 'status'>, command: string): string {
  switch (status) {
    case 'queued':
    case 'applying':
    case 'soaking':
    case 'rolling_back':
      return `next: ${command} watch ${id}`
    case 'succeeded':
    case 'unverified':
      return `next: nothing more to do; to put the old values back: ${command} rollback ${id}`
    case 'rolled_back':
      return `next: going on needs a new plan and a new decision: ${command} scan`
    case 'holding':
    case 'partly_applied':
    case 'needs_human':
      return `next: look at the workloads; to put the old values back: ${command} rollback ${id}`
  }
}
