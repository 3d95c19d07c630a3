import type { Json } from '../../../model/json.ts'
import type { KubeObject, ObservedAutoscaler, Scope } from '../../../model/observation.ts'
import { ok, type Result } from '../../../model/result.ts'
import type { ApiTransport } from '../http/api-transport.ts'
import { type ChosenNamespaces, chooseNamespaces } from './choose-namespaces.ts'
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
  const read = (version: Version) => listVersion(transport, { version, scope, lists: namespaces.value.lists })
  const second = await read(V2)
  if (second.ok || second.problem.reason !== 'api_not_found') return second
  // krr means to look at v1 on so old a cluster, and fails: it sees no autoscaler there.
  const first = scope.compat === 'krr' ? ok([]) : await read(V1)
  // A cluster that serves neither has no autoscaler; any other failure leaves it open whether there is one.
  return first.ok || first.problem.reason !== 'api_not_found' ? first : ok([])
}

interface Version {
  readonly api: string
  readonly utilization: (item: KubeObject, resource: 'cpu' | 'memory') => number | null
}
const V2: Version = { api: '/apis/autoscaling/v2', utilization }
const V1: Version = {
  api: '/apis/autoscaling/v1',
  utilization: (item, resource) =>
    resource === 'cpu' ? numberAt(item, 'spec', 'targetCPUUtilizationPercentage') : null,
}

interface VersionQuery {
  readonly version: Version
  readonly scope: Scope
  readonly lists: ChosenNamespaces['lists']
}
async function listVersion(
  transport: ApiTransport,
  { version, scope, lists }: VersionQuery,
): Promise<Result<readonly ObservedAutoscaler[]>> {
  const { api } = version
  const read = await inOrder(lists, NAMESPACES_AT_ONCE, (namespace) =>
    listPages(
      transport,
      { api, plural: 'horizontalpodautoscalers', namespace, labelSelector: scope.selector },
      (item) => [observe(item, version)],
    ),
  )
  return read.find((list) => !list.ok) ?? ok(read.flatMap((list) => (list.ok ? list.value : [])))
}

const observe = (item: KubeObject, version: Version): ObservedAutoscaler => ({
  namespace: textAt(item, 'metadata', 'namespace') ?? '',
  targetKind: textAt(item, 'spec', 'scaleTargetRef', 'kind') ?? '',
  targetName: textAt(item, 'spec', 'scaleTargetRef', 'name') ?? '',
  minReplicas: numberAt(item, 'spec', 'minReplicas'),
  maxReplicas: numberAt(item, 'spec', 'maxReplicas'),
  currentReplicas: numberAt(item, 'status', 'currentReplicas'),
  desiredReplicas: numberAt(item, 'status', 'desiredReplicas'),
  cpuUtilization: version.utilization(item, 'cpu'),
  memoryUtilization: version.utilization(item, 'memory'),
})

/** Of the first `Resource` metric of that resource; AverageValue targets have none. */
function utilization(item: KubeObject, resource: string): number | null {
  const isIt = (metric: Json): boolean =>
    textAt(metric, 'type') === 'Resource' && textAt(metric, 'resource', 'name') === resource
  return numberAt(arrayAt(item, 'spec', 'metrics').find(isIt), 'resource', 'target', 'averageUtilization')
}
