import type { WorkloadKind } from '../../model/workload.ts'

/** How a workload's pods are found: by their own owner, or through the sets or jobs that the workload owns. */
export interface PodOwnerRule {
  /** `owner_kind` of the pods. */
  readonly podOwner: string
  readonly through?: OwnedMetric
}
/** A metric of kube-state-metrics that says which sets or jobs a workload owns, and its label with their name. */
export interface OwnedMetric {
  readonly metric: string
  readonly label: string
}

const REPLICA_SETS: OwnedMetric = { metric: 'kube_replicaset_owner', label: 'replicaset' }
const REPLICATION_CONTROLLERS: OwnedMetric = {
  metric: 'kube_replicationcontroller_owner',
  label: 'replicationcontroller',
}
const JOBS: OwnedMetric = { metric: 'kube_job_owner', label: 'job_name' }

/** krr's ways from a workload to its pods, one line per kind. A GroupedJob's jobs are known from the cluster. */
export const POD_OWNER_RULES: Readonly<Record<WorkloadKind, PodOwnerRule>> = {
  Deployment: { podOwner: 'ReplicaSet', through: REPLICA_SETS },
  Rollout: { podOwner: 'ReplicaSet', through: REPLICA_SETS },
  DeploymentConfig: { podOwner: 'ReplicationController', through: REPLICATION_CONTROLLERS },
  CronJob: { podOwner: 'Job', through: JOBS },
  StatefulSet: { podOwner: 'StatefulSet' },
  DaemonSet: { podOwner: 'DaemonSet' },
  StrimziPodSet: { podOwner: 'StrimziPodSet' },
  Job: { podOwner: 'Job' },
  GroupedJob: { podOwner: 'Job' },
}
