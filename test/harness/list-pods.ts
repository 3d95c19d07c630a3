import type { KubeApi } from './kube-api.ts'
import type { PodObject } from './pod-object.ts'

/** The pods of a namespace, or of one `app` in it. */
export async function listPods(api: KubeApi, namespace: string, app?: string): Promise<readonly PodObject[]> {
  const selector = app === undefined ? '' : `?labelSelector=app%3D${app}`
  const list = await api.get<{ items: readonly PodObject[] }>(`/api/v1/namespaces/${namespace}/pods${selector}`)
  return list.items
}
