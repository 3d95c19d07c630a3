import type { ExecutionId } from '../model/ids.ts'
import type { Moment } from '../model/moment.ts'
import type { Result } from '../model/result.ts'

/** The sign of life of the worker that holds an execution. Not history: the claim itself is a journal entry. */
export interface Lease {
  readonly execution: ExecutionId
  readonly fence: number
  readonly pid: number
  readonly beat: Moment
}
export interface LeaseStore {
  beat(lease: Lease): Promise<Result<null>>
  read(execution: ExecutionId): Promise<Result<Lease | undefined>>
}
