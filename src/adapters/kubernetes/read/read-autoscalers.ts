import type { Json } from '../../../model/json.ts'
import type { KubeObject, ObservedAutoscaler, Scope } from '../../../model/observation.ts'
import { ok, type Result } from '../../../model/result.ts'
import type { ApiTransport } from '../http/api-transport.ts'
import { chooseNamespaces } from './choose-namespaces.ts'
import { inOrder } from './in-order.ts'
import { arrayAt, numberAt, textAt } from './json-view.ts'
import { listPages } from './list-pages.ts'

const NAMESPACES_AT_ONCE = 4

/** krr's view of the HorizontalPodAutoscalers in scope; its quirk of applying the workloads' label selector to them is kept. */
export async function readAutoscalers(
  transport: ApiTransport,
  scope: Scope,
): Promise<Result<readonly ObservedAutoscaler[]>> {
  const namespaces = await chooseNamespaces(scope, transport)
  if (!namespaces.ok) return namespaces
  const lists = await inOrder(namespaces.value.lists, NAMESPACES_AT_ONCE, (namespace) =>
    listPages(
      transport,
      { api: '/apis/autoscaling/v2', plural: 'horizontalpodautoscalers', namespace, labelSelector: scope.selector },
      (item) => [observe(item)],
    ),
  )
  const failure = lists.find((list) => !list.ok)
  // A cluster without autoscaling/v2 has no autoscaler that could be seen; any other failure leaves it open whether there is one.
  if (failure && !failure.ok && failure.problem.reason !== 'api_not_found') return failure
  return ok(lists.flatMap((list) => (list.ok ? list.value : [])))
}

const observe = (item: KubeObject): ObservedAutoscaler => ({
  namespace: textAt(item, 'metadata', 'namespace') ?? '',
  targetKind: textAt(item, 'spec', 'scaleTargetRef', 'kind') ?? '',
  targetName: textAt(item, 'spec', 'scaleTargetRef', 'name') ?? '',
  minReplicas: numberAt(item, 'spec', 'minReplicas'),
  maxReplicas: numberAt(item, 'spec', 'maxReplicas'),
  currentReplicas: numberAt(item, 'status', 'currentReplicas'),
  desiredReplicas: numberAt(item, 'status', 'desiredReplicas'),
  cpuUtilization: utilization(item, 'cpu'),
  memoryUtilization: utilization(item, 'memory'),
})

/** Of the first `Resource` metric of that resource; AverageValue targets have none. */
function utilization(item: KubeObject, resource: string): number | null {
  const isIt = (metric: Json): boolean =>
    textAt(metric, 'type') === 'Resource' && textAt(metric, 'resource', 'name') === resource
  return numberAt(arrayAt(item, 'spec', 'metrics').find(isIt), 'resource', 'target', 'averageUtilization')
}
