import type { KubeObject } from '../../model/observation.ts'

/** Everything that one look at a workload gathers; the tiers judge it without asking further. */
export interface Look {
  readonly workload: KubeObject
  /** ReplicaSets of a Deployment, ControllerRevisions of a DaemonSet: owned by this very object, whatever their labels. */
  readonly revisions: readonly KubeObject[]
  /** Pods that the workload's selector finds, of every revision and of anybody. */
  readonly pods: readonly KubeObject[]
}
