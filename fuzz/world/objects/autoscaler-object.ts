import type { ObjectToPost } from '../../../test/harness/post-objects.ts'
import type { AutoscalerTarget, WorkloadPlan } from '../world-plan.ts'
import { API } from './workload-object.ts'

const utilization = (name: string): object => ({
  type: 'Resource',
  resource: { name, target: { type: 'Utilization', averageUtilization: 80 } },
})
const METRICS: Readonly<Record<AutoscalerTarget, readonly object[]>> = {
  cpu: [utilization('cpu')],
  memory: [utilization('memory')],
  both: [utilization('memory'), utilization('cpu')],
  average_value: [
    { type: 'Resource', resource: { name: 'cpu', target: { type: 'AverageValue', averageValue: '500m' } } },
  ],
  container: [
    {
      type: 'ContainerResource',
      containerResource: { name: 'cpu', container: 'main', target: { type: 'Utilization', averageUtilization: 80 } },
    },
  ],
}

/** The autoscaler of a workload, with its labels, and with a status. */
export function autoscalerObject(plan: WorkloadPlan): readonly ObjectToPost[] {
  const { autoscaler, kind, namespace, name, labels } = plan
  if (autoscaler === undefined || kind === 'Job' || kind === 'CronJob') return []
  const spec = {
    minReplicas: 1,
    maxReplicas: 5,
    scaleTargetRef: { apiVersion: API[kind][0], kind, name },
    metrics: METRICS[autoscaler],
  }
  return [
    {
      path: `/apis/autoscaling/v2/namespaces/${namespace}/horizontalpodautoscalers`,
      body: {
        apiVersion: 'autoscaling/v2',
        kind: 'HorizontalPodAutoscaler',
        // Not with all of the workload's labels: a selector then hides some of them.
        metadata: {
          name: `${name}-${kind.toLowerCase()}`,
          namespace,
          labels: labels['team'] ? { team: labels['team'] } : {},
        },
        spec,
      } as ObjectToPost['body'],
      status: { currentReplicas: 2, desiredReplicas: 3, conditions: [], currentMetrics: [] },
    },
  ]
}
