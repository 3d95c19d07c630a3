import type { ExecutionId } from '../model/ids.ts'
import type { Result } from '../model/result.ts'

/** Starts a worker for an execution and returns at once; the worker outlives the process that asked. */
export interface WorkerLauncher {
  launch(execution: ExecutionId): Promise<Result<null>>
}
