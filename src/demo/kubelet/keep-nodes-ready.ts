import type { KubeletApi } from './kubelet-api.ts'
import { nodeObject, nodeStatus, type SimulatedNode } from './simulated-node.ts'

/** Makes the nodes, ready and without the taint that every new node gets. */
export async function registerNodes(api: KubeletApi, nodes: readonly SimulatedNode[], now: number): Promise<void> {
  for (const node of nodes) {
    const { status, body } = await api.create('/api/v1/nodes', nodeObject(node))
    // Ours from an earlier run, if it is there already.
    if (status >= 300 && status !== 409) throw new Error(`node ${node.name}: ${status} ${JSON.stringify(body)}`)
  }
  await keepNodesReady(api, nodes, { now, since: now })
  for (const { name } of nodes) await api.patch(`/api/v1/nodes/${name}`, { spec: { taints: null } })
}

/** A node whose status nobody renews becomes Unknown after 40 s, and its pods are evicted. */
export async function keepNodesReady(
  api: KubeletApi,
  nodes: readonly SimulatedNode[],
  { now, since }: { readonly now: number; readonly since: number },
): Promise<void> {
  await Promise.all(
    nodes.map(async (node, index) => {
      await api.patch(`/api/v1/nodes/${node.name}/status`, { status: nodeStatus(node, { index, now, since }) })
    }),
  )
}
