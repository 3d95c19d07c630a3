import type { KubeObject, ObservedPod } from '../../../model/observation.ts'
import { ok, type Result } from '../../../model/result.ts'
import type { PodQuery } from '../../../ports/cluster-reader.ts'
import type { ApiTransport } from '../http/api-transport.ts'
import { inOrder } from './in-order.ts'
import { arrayAt, objectAt, textAt, textsAt } from './json-view.ts'
import { listPages } from './list-pages.ts'
import { refuseNames } from './refuse-names.ts'

const NAMESPACES_AT_ONCE = 4

export async function readPods(transport: ApiTransport, query: PodQuery): Promise<Result<readonly ObservedPod[]>> {
  const refused = refuseNames(...query.namespaces)
  if (refused) return refused
  const { labelSelector, fieldSelector } = query
  const namespaces = query.namespaces.length > 0 ? query.namespaces : [undefined]
  const lists = await inOrder(namespaces, NAMESPACES_AT_ONCE, (namespace) =>
    listPages(
      transport,
      { api: '/api/v1', plural: 'pods', namespace, labelSelector, fieldSelector },
      (item): readonly ObservedPod[] => [
        {
          namespace: textAt(item, 'metadata', 'namespace') ?? '',
          name: textAt(item, 'metadata', 'name') ?? '',
          uid: textAt(item, 'metadata', 'uid') ?? '',
          phase: textAt(item, 'status', 'phase') ?? 'Unknown',
          labels: textsAt(item, 'metadata', 'labels'),
          ...ownerOf(item),
        },
      ],
    ),
  )
  return lists.find((list) => !list.ok) ?? ok(lists.flatMap((list) => (list.ok ? list.value : [])))
}

/** Of several owners the one that controls it. */
function ownerOf(item: KubeObject): Pick<ObservedPod, 'owner'> {
  const owner = arrayAt(item, 'metadata', 'ownerReferences')
    .map((reference) => objectAt(reference))
    .find(({ controller }) => controller === true)
  if (!owner) return {}
  const [kind, name, uid] = [textAt(owner, 'kind'), textAt(owner, 'name'), textAt(owner, 'uid')]
  return kind && name && uid ? { owner: { kind, name, uid } } : {}
}
