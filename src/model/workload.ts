/** The kinds krr scans, in krr's own listing order. */
export const WORKLOAD_KINDS = [
  'Deployment',
  'Rollout',
  'StrimziPodSet',
  'DeploymentConfig',
  'StatefulSet',
  'DaemonSet',
  'Job',
  'CronJob',
  'GroupedJob',
] as const
export type WorkloadKind = (typeof WORKLOAD_KINDS)[number]

export interface WorkloadRef {
  readonly kind: WorkloadKind
  readonly namespace: string
  readonly name: string
}
export interface ContainerRef extends WorkloadRef {
  readonly container: string
}

/** `deployment/web`: how a person types and reads a workload (its namespace is said beside it). */
export const workloadPath = (ref: WorkloadRef): string => `${ref.kind.toLowerCase()}/${ref.name}`
/** `deployment/web/app`. */
export const containerPath = (ref: ContainerRef): string => `${workloadPath(ref)}/${ref.container}`
/** One key per workload of a cluster, for maps and for the rule "one execution per workload". */
export const workloadKey = (ref: WorkloadRef): string => `${ref.namespace}/${workloadPath(ref)}`
