import { setTimeout as sleep } from 'node:timers/promises'
import type { KubeletApi } from './kubelet-api.ts'
import { keepNodesReady, registerNodes } from './keep-nodes-ready.ts'
import { PodKeeper } from './pod-keeper.ts'
import type { SimulatedNode } from './simulated-node.ts'

export interface KubeletOptions {
  readonly nodes: readonly SimulatedNode[]
  readonly now?: () => number
  readonly pollMillis?: number
  readonly heartbeatMillis?: number
  /** The first crash-loop back-off; a real kubelet's is 10 s. */
  readonly backOffMillis?: number
  /** Told what could not be done; the kubelet goes on and tries again. */
  readonly onProblem?: (problem: unknown) => void
}

export interface Kubelet {
  readonly stop: () => Promise<void>
}

/** Registers the nodes and then runs every pod that is bound to one of them, until stopped. */
export async function runKubelet(api: KubeletApi, options: KubeletOptions): Promise<Kubelet> {
  const { nodes, now = Date.now, pollMillis = 200, heartbeatMillis = 10_000, backOffMillis = 10_000 } = options
  const stopping = new AbortController()
  await registerNodes(api, nodes, now())
  const keeper = new PodKeeper(api, { nodes, now, backOff: backOffMillis })
  const since = now()
  const repeat = async (every: number, work: () => Promise<void>): Promise<void> => {
    while (!stopping.signal.aborted) {
      await work().catch((problem: unknown) => options.onProblem?.(problem))
      await sleep(every, undefined, { signal: stopping.signal }).catch(() => {})
    }
  }
  const loops = [
    repeat(pollMillis, async () => await keeper.advance()),
    repeat(heartbeatMillis, async () => await keepNodesReady(api, nodes, { now: now(), since })),
  ]
  return {
    stop: async () => {
      stopping.abort()
      await Promise.all(loops)
    },
  }
}
