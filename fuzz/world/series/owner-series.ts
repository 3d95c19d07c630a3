import type { PlannedKind, WorkloadPlan } from '../world-plan.ts'
import { constant } from './sampled.ts'
import type { Series, Span } from './series.ts'

const KSM = { job: 'kube-state-metrics', instance: 'ksm:8080' }
interface Owning {
  readonly podOwner: string
  readonly through?: readonly [metric: string, label: string]
}
const REPLICA_SET: Owning = { podOwner: 'ReplicaSet', through: ['kube_replicaset_owner', 'replicaset'] }
const OWNING: Readonly<Record<PlannedKind, Owning>> = {
  Deployment: REPLICA_SET,
  Rollout: REPLICA_SET,
  DeploymentConfig: {
    podOwner: 'ReplicationController',
    through: ['kube_replicationcontroller_owner', 'replicationcontroller'],
  },
  CronJob: { podOwner: 'Job', through: ['kube_job_owner', 'job_name'] },
  StatefulSet: { podOwner: 'StatefulSet' },
  DaemonSet: { podOwner: 'DaemonSet' },
  StrimziPodSet: { podOwner: 'StrimziPodSet' },
  Job: { podOwner: 'Job' },
}

/** What kube-state-metrics says about a workload's sets, jobs and pods. */
export function ownerSeries(plan: WorkloadPlan): readonly Series[] {
  if (plan.owners === 'missing') return []
  const { podOwner, through } = OWNING[plan.kind]
  const instances = plan.owners === 'twice' ? [KSM.instance, 'ksm-old:8080'] : [KSM.instance]
  const of = (metric: string, labels: Series['labels'], span: Span): readonly Series[] =>
    instances.map((instance) =>
      always(metric, { ...KSM, instance, namespace: plan.namespace, ...labels }, { span, value: 1 }),
    )
  return plan.generations.flatMap((generation) => {
    const owner = { owner_kind: plan.kind, owner_name: plan.name, owner_is_controller: 'true' }
    return [
      ...(through ? of(through[0], { [through[1]]: generation.owner, ...owner }, generation) : []),
      ...generation.pods.flatMap((pod) => [
        ...of('kube_pod_owner', { pod, owner_kind: podOwner, owner_name: generation.owner }, generation),
        ...phases(plan, pod, generation),
      ]),
    ]
  })
}

const phases = ({ namespace, phase }: WorkloadPlan, pod: string, span: Span): readonly Series[] =>
  [...new Set(['Running', phase])].map((each) =>
    always('kube_pod_status_phase', { ...KSM, namespace, pod, phase: each }, { span, value: each === phase ? 1 : 0 }),
  )

const always = (metric: string, labels: Series['labels'], { span, value }: { span: Span; value: number }): Series => ({
  metric,
  labels,
  samples: () => constant(value, span),
})
