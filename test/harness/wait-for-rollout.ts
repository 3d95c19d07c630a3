import { setTimeout as sleep } from 'node:timers/promises'
import type { KubeApi } from './kube-api.ts'

export interface DeploymentObject {
  readonly metadata: { readonly name: string; readonly uid: string; readonly generation: number }
  readonly spec: { readonly replicas: number }
  readonly status: {
    readonly observedGeneration?: number
    readonly replicas?: number
    readonly updatedReplicas?: number
    readonly availableReplicas?: number
    readonly conditions?: readonly { readonly type: string; readonly status: string; readonly reason?: string }[]
  }
}

/** Waits until the Deployment has rolled out by kubectl's rules, and returns it. */
export async function waitForRollout(
  api: KubeApi,
  namespace: string,
  { name, timeoutMs = 30_000 }: { readonly name: string; readonly timeoutMs?: number },
): Promise<DeploymentObject> {
  const deadline = Date.now() + timeoutMs
  for (;;) {
    const found = await api.get<DeploymentObject>(`/apis/apps/v1/namespaces/${namespace}/deployments/${name}`)
    if (hasRolledOut(found)) return found
    if (Date.now() > deadline) throw new Error(`${namespace}/${name} not rolled out: ${JSON.stringify(found.status)}`)
    await sleep(100)
  }
}

function hasRolledOut({ metadata, spec, status }: DeploymentObject): boolean {
  const { observedGeneration = 0, replicas = 0, updatedReplicas = 0, availableReplicas = 0 } = status
  return (
    observedGeneration >= metadata.generation &&
    updatedReplicas >= spec.replicas &&
    replicas === updatedReplicas &&
    availableReplicas === updatedReplicas
  )
}
