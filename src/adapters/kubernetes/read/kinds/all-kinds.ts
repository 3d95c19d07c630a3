import { cronJob } from './cron-job.ts'
import { daemonSet } from './daemon-set.ts'
import { deploymentConfig } from './deployment-config.ts'
import { deployment } from './deployment.ts'
import { job } from './job.ts'
import type { KindDescriptor } from './kind-descriptor.ts'
import { rollout } from './rollout.ts'
import { statefulSet } from './stateful-set.ts'
import { strimziPodSet } from './strimzi-pod-set.ts'

/** In krr's listing order (`WORKLOAD_KINDS`; a test compares them). GroupedJob needs grouping labels, which no scope has yet. */
export const ALL_KINDS: readonly KindDescriptor[] = [
  deployment,
  rollout,
  strimziPodSet,
  deploymentConfig,
  statefulSet,
  daemonSet,
  job,
  cronJob,
]
