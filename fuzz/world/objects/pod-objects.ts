import type { ObjectToPost } from '../../../test/harness/post-objects.ts'
import type { WorkloadPlan } from '../world-plan.ts'
import { podLabels } from './workload-object.ts'

/** Pods that only the API knows. */
export function podObjects(plan: WorkloadPlan): readonly ObjectToPost[] {
  const pods = plan.generations.at(-1)?.pods.slice(0, plan.apiPods) ?? []
  return pods.map((name) => ({
    path: `/api/v1/namespaces/${plan.namespace}/pods`,
    body: {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name, namespace: plan.namespace, labels: podLabels(plan) },
      spec: {
        automountServiceAccountToken: false,
        containers: plan.containers.map(({ name: container }) => ({
          name: container,
          image: 'registry.example/img:1',
        })),
      },
    },
  }))
}
