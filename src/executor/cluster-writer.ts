import type { KubeObject } from '../model/observation.ts'
import type { Result } from '../model/result.ts'
import type { ApprovedPlan } from '../safety/approval/approved-plan.ts'

export interface WriteAnswer {
  readonly object: KubeObject
  /** The API server's id of this request in its audit log. */
  readonly auditId: string | null
  readonly warnings: readonly string[]
}
/** Sends the bytes of one step of an approved plan, or of its undo, and nothing else. */
export interface ClusterWriter {
  send(plan: ApprovedPlan, step: number, way: 'do' | 'undo'): Promise<Result<WriteAnswer>>
  /** The same bytes as a dry run: proves right after a write that its undo would be taken. */
  rehearse(plan: ApprovedPlan, step: number, way: 'do' | 'undo'): Promise<Result<WriteAnswer>>
}
