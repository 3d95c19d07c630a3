import type { ObjectToPost } from '../../../test/harness/post-objects.ts'
import type { PlannedKind, WorkloadPlan } from '../world-plan.ts'

export const API: Readonly<Record<PlannedKind, readonly [apiVersion: string, plural: string]>> = {
  Deployment: ['apps/v1', 'deployments'],
  StatefulSet: ['apps/v1', 'statefulsets'],
  DaemonSet: ['apps/v1', 'daemonsets'],
  Job: ['batch/v1', 'jobs'],
  CronJob: ['batch/v1', 'cronjobs'],
  Rollout: ['argoproj.io/v1alpha1', 'rollouts'],
  DeploymentConfig: ['apps.openshift.io/v1', 'deploymentconfigs'],
  StrimziPodSet: ['core.strimzi.io/v1beta2', 'strimzipodsets'],
}
/** Labels of a workload's pods: its selector finds these and no others. */
export const podLabels = ({ kind, name }: WorkloadPlan): Readonly<Record<string, string>> => ({
  app: name,
  kind: kind.toLowerCase(),
})

/** The workload itself; without controllers it stays as it is posted. */
export function workloadObject(plan: WorkloadPlan): ObjectToPost {
  const { kind, namespace, name, labels } = plan
  const [apiVersion, plural] = API[kind]
  const metadata = { name, namespace, labels: { app: name, ...labels } }
  return {
    path: `/apis/${apiVersion}/namespaces/${namespace}/${plural}`,
    body: { apiVersion, kind, metadata, spec: specOf(plan) } as ObjectToPost['body'],
  }
}

function specOf(plan: WorkloadPlan): object {
  const selector = selectorOf(plan)
  const template = templateOf(plan)
  switch (plan.kind) {
    case 'Deployment':
      return { replicas: 2, selector, template }
    case 'StatefulSet':
      return { replicas: 2, serviceName: 'any', selector, template }
    case 'DaemonSet':
      return { selector, template }
    case 'Rollout':
      return plan.borrowed
        ? { replicas: 2, selector, workloadRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: plan.name } }
        : { replicas: 2, selector, template }
    case 'DeploymentConfig':
      return { replicas: 2, selector: podLabels(plan), template }
    case 'StrimziPodSet':
      return { selector, pods: [{ metadata: { name: `${plan.name}-0` }, spec: template.spec }] }
    case 'Job':
      return { template: onceOnly(template) }
    case 'CronJob':
      return { schedule: '0 3 * * *', suspend: true, jobTemplate: { spec: { template: onceOnly(template) } } }
  }
}

interface Template {
  readonly metadata: { readonly labels: Readonly<Record<string, string>> }
  readonly spec: object
}
function templateOf(plan: WorkloadPlan): Template {
  const image = 'registry.example/img:1'
  const containers = plan.containers.map(({ name, resources }) => ({ name, image, resources }))
  const initContainers = plan.extraContainers.includes('POD')
    ? [{ name: 'native', image, restartPolicy: 'Always' }]
    : []
  return {
    metadata: { labels: podLabels(plan) },
    spec: { containers, ...(initContainers.length > 0 ? { initContainers } : {}) },
  }
}
const onceOnly = ({ metadata, spec }: Template): Template => ({ metadata, spec: { ...spec, restartPolicy: 'Never' } })

function selectorOf(plan: WorkloadPlan): object {
  const matchLabels = podLabels(plan)
  if (plan.selector === 'labels') return { matchLabels }
  const key = 'app'
  const expression = plan.selector === 'in' ? { key, operator: 'In', values: [plan.name] } : { key, operator: 'Exists' }
  return { matchLabels, matchExpressions: [expression] }
}
