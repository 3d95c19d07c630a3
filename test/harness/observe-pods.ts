import { parseQuantity } from '../../src/demo/kubelet/parse-quantity.ts'
import type { KubeApi } from './kube-api.ts'
import { listPods } from './list-pods.ts'
import type { ContainerHistory, OwnerHistory, PodHistory } from './metric-history.ts'
import type { OwnerReference, PodObject } from './pod-object.ts'

const OWNED_OWNERS: Readonly<Record<string, string>> = {
  ReplicaSet: '/apis/apps/v1/namespaces/NS/replicasets',
  Job: '/apis/batch/v1/namespaces/NS/jobs',
}

export type UsageOf = (
  pod: PodObject,
  container: string,
) => Pick<ContainerHistory, 'cores' | 'memoryBytes' | 'oomKilled'>

/** The pods that run in this namespace, as a history about exactly them (same names and uids) needs them. */
export async function observePods(api: KubeApi, namespace: string, usageOf: UsageOf): Promise<readonly PodHistory[]> {
  const histories: PodHistory[] = []
  for (const pod of await listPods(api, namespace)) {
    const owner = pod.metadata.ownerReferences?.find(({ controller }) => controller === true)
    if (owner === undefined) continue
    histories.push({
      namespace,
      name: pod.metadata.name,
      uid: pod.metadata.uid,
      ...(pod.spec.nodeName !== undefined && { node: pod.spec.nodeName }),
      phase: pod.status.phase,
      owner: await withItsOwner(api, namespace, owner),
      containers: pod.spec.containers.map(({ name, resources: { requests, limits } }) => ({
        name,
        requests: amounts(requests),
        limits: amounts(limits),
        ...usageOf(pod, name),
      })),
    })
  }
  return histories
}

function amounts(quantities: Readonly<Record<string, string>> = {}): Readonly<Record<string, number>> {
  const known = Object.entries(quantities).map(
    ([resource, text]) => [resource, parseQuantity(text) ?? Number.NaN] as const,
  )
  return Object.fromEntries(known)
}

async function withItsOwner(api: KubeApi, namespace: string, { kind, name }: OwnerReference): Promise<OwnerHistory> {
  const collection = OWNED_OWNERS[kind]?.replace('NS', namespace)
  if (collection === undefined) return { kind, name }
  const { metadata } = await api.get<Pick<PodObject, 'metadata'>>(`${collection}/${name}`)
  const owner = metadata.ownerReferences?.find(({ controller }) => controller === true)
  return owner === undefined ? { kind, name } : { kind, name, owner: { kind: owner.kind, name: owner.name } }
}
