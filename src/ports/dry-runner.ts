import type { KubeObject } from '../model/observation.ts'
import type { FrozenRequest } from '../model/plan.ts'
import type { Result } from '../model/result.ts'

export interface DryRunAnswer {
  readonly object: KubeObject
  /** `Warning` headers of the API server. */
  readonly warnings: readonly string[]
}
/** Can send nothing but `dryRun=All`: the model-facing process holds this and no writer. */
export interface DryRunner {
  dryRun(request: FrozenRequest): Promise<Result<DryRunAnswer>>
}
