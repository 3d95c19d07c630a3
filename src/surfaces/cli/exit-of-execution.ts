import type { ExecutionState } from '../../journal/state.ts'
import { exitCode } from './exit-codes.ts'

/** The exit code of an execution that was watched: to its end, or until the watching was left. */
export function exitOfExecution({ status, steps }: Pick<ExecutionState, 'status' | 'steps'>): number {
  switch (status) {
    // Written as wanted; that nothing has run with it yet is said, and is nobody's failure.
    case 'unverified':
    case 'succeeded':
      return exitCode('done')
    case 'rolled_back':
      return exitCode('rolledBack')
    case 'partly_applied':
      return exitCode(steps.some((step) => step.undo === 'taken') ? 'rolledBack' : 'error')
    case 'holding':
    case 'needs_human':
      return exitCode('needsHuman')
    case 'queued':
    case 'applying':
    case 'soaking':
    case 'rolling_back':
      return exitCode('interrupted')
  }
}
