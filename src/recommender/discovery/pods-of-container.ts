import type { ObservedContainer } from '../../model/observation.ts'
import type { ScannedPod } from '../../model/recommendation.ts'

/** A container with the pods of its workload, past and present, by name. */
export interface PodsOfContainer {
  readonly container: ObservedContainer
  readonly pods: readonly ScannedPod[]
  /** The metrics know no pod of this workload: these come from the cluster's API. */
  readonly fromApi: boolean
}
