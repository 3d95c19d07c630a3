import type { ObjectToPost } from '../../../test/harness/post-objects.ts'
import type { BenchWorkload } from './plan-cluster.ts'

const RESOURCES = { requests: { cpu: '250m', memory: '256Mi' }, limits: { memory: '512Mi' } }
const PLURALS = { Deployment: 'deployments', StatefulSet: 'statefulsets', DaemonSet: 'daemonsets' } as const

/** The workload and its pods of now, with about what real ones have in them. */
export function objectsOf(workload: BenchWorkload): readonly ObjectToPost[] {
  const { kind, namespace, name } = workload
  const labels = labelsOf(workload)
  const spec = {
    selector: { matchLabels: { app: name } },
    template: { metadata: { labels }, spec: podSpec(workload) },
    ...(kind === 'DaemonSet' ? {} : { replicas: workload.pods.length }),
    ...(kind === 'StatefulSet' ? { serviceName: name } : {}),
  }
  const body = { apiVersion: 'apps/v1', kind, metadata: { name, namespace, labels }, spec }
  return [
    { path: `/apis/apps/v1/namespaces/${namespace}/${PLURALS[kind]}`, body },
    ...workload.pods.map((pod) => podObject(workload, pod)),
  ]
}

const labelsOf = ({ name, namespace }: BenchWorkload): Readonly<Record<string, string>> => ({
  app: name,
  'app.kubernetes.io/name': name,
  'app.kubernetes.io/part-of': namespace,
  'app.kubernetes.io/managed-by': 'Helm',
})

function podSpec({ containers }: BenchWorkload): object {
  return {
    automountServiceAccountToken: false,
    containers: containers.map((name) => ({
      name,
      image: 'registry.example.com/team/application:1.2.3',
      resources: RESOURCES,
      env: Array.from({ length: 8 }, (_, at) => ({ name: `SETTING_${at}`, value: 'some value that is not short' })),
      readinessProbe: { httpGet: { path: '/ready', port: 8080 }, periodSeconds: 10 },
    })),
  }
}

function podObject(workload: BenchWorkload, name: string): ObjectToPost {
  const owner = workload.kind === 'Deployment' ? 'ReplicaSet' : workload.kind
  const controller = {
    apiVersion: 'apps/v1',
    kind: owner,
    name: owner === 'ReplicaSet' ? `${workload.name}-new` : workload.name,
    uid: '00000000-0000-0000-0000-000000000001',
    controller: true,
  }
  const metadata = { name, namespace: workload.namespace, labels: labelsOf(workload), ownerReferences: [controller] }
  return {
    path: `/api/v1/namespaces/${workload.namespace}/pods`,
    body: { apiVersion: 'v1', kind: 'Pod', metadata, spec: podSpec(workload) } as ObjectToPost['body'],
  }
}
