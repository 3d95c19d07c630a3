import { parseQuantity } from '../../../src/demo/kubelet/parse-quantity.ts'
import type { Pod } from '../../../src/demo/kubelet/pod.ts'
import { runKubelet } from '../../../src/demo/kubelet/run-kubelet.ts'
import type { KubeApi } from '../../harness/kube-api.ts'
import { kubeletApi } from '../../harness/kubelet-api.ts'

/** What a pod does while its CPU request is below what it needs: one of the simulated kubelet's rules. */
export type Mood = 'crash-loop' | 'never-ready'

const DOMAIN = 'mood.krr-mcp.test'

/** Annotations of a pod template, for pods on a moody node. */
export const moody = (mood: Mood, needsCpu: string): Readonly<Record<string, string>> => ({
  [`${DOMAIN}/mood`]: mood,
  [`${DOMAIN}/needs-cpu`]: needsCpu,
})

/**
 * Runs a node of its own whose pods misbehave when a change takes too much CPU from them: the same template, one rule
 * with the old values and another with the new. Nothing is scheduled there; a pod names the node itself.
 */
export async function moodyKubelet(api: KubeApi, node: string): Promise<() => Promise<void>> {
  const plain = kubeletApi(api)
  const kubelet = await runKubelet(
    {
      ...plain,
      create: (path, object) =>
        plain.create(path, path === '/api/v1/nodes' ? { ...object, spec: { unschedulable: true } } : object),
      get: async (path) => {
        const answer = await plain.get(path)
        const list = answer.body as { readonly items?: readonly Pod[] }
        return { ...answer, body: { ...list, items: (list.items ?? []).map(inItsMood) } }
      },
    },
    { nodes: [{ name: node, cpu: '8', memory: '32Gi', pods: 110 }], backOffMillis: 1_000 },
  )
  return async () => {
    await kubelet.stop()
    await api.delete(`/api/v1/nodes/${node}`)
  }
}

function inItsMood(pod: Pod): Pod {
  const { annotations = {} } = pod.metadata
  const mood = annotations[`${DOMAIN}/mood`]
  const needed = parseQuantity(annotations[`${DOMAIN}/needs-cpu`] ?? '') ?? 0
  const requested = parseQuantity(pod.spec.containers[0]?.resources?.requests?.['cpu'] ?? '') ?? 0
  if (mood === undefined || requested >= needed) return pod
  return {
    ...pod,
    metadata: { ...pod.metadata, annotations: { ...annotations, [`sim.krr-mcp.dev/${mood}`]: 'true' } },
  }
}
