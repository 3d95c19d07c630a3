import { advancePod, firstRecord } from './advance-pod.ts'
import type { KubeletApi } from './kubelet-api.ts'
import type { Pod, Quantities } from './pod.ts'
import type { PodRecord } from './pod-record.ts'
import { podStatus } from './pod-status.ts'
import { nodeAddress, nodeCapacity, type SimulatedNode } from './simulated-node.ts'

// From the API server's cache, and without the pods that are done: those it removes by itself.
const PODS =
  '/api/v1/pods?resourceVersion=0&fieldSelector=' +
  encodeURIComponent('spec.nodeName!=,status.phase!=Succeeded,status.phase!=Failed')

interface Kept {
  readonly record: PodRecord
  /** What was last written, so that nothing is written twice. */
  readonly written: string
}

export interface PodKeeperOptions {
  readonly nodes: readonly SimulatedNode[]
  readonly now: () => number
  readonly backOff: number
}

/** Remembers every pod of our nodes from one look to the next. */
export class PodKeeper {
  readonly #api: KubeletApi
  readonly #options: PodKeeperOptions
  readonly #nodes: ReadonlyMap<string, { readonly hostIp: string; readonly allocatable: Quantities }>
  readonly #kept = new Map<string, Kept>()
  #addresses = 0

  constructor(api: KubeletApi, options: PodKeeperOptions) {
    this.#api = api
    this.#options = options
    this.#nodes = new Map(
      options.nodes.map((node, index) => [node.name, { hostIp: nodeAddress(index), allocatable: nodeCapacity(node) }]),
    )
  }

  /** Looks at all pods once and brings each one moment further. */
  async advance(): Promise<void> {
    const { status, body } = await this.#api.get(PODS)
    if (status !== 200) throw new Error(`list of pods: ${status} ${JSON.stringify(body)}`)
    const pods = (body as { items: readonly Pod[] }).items.filter(({ spec }) => this.#nodes.has(spec.nodeName ?? ''))
    this.#forgetAllBut(pods)
    await Promise.all(pods.map(async (pod) => await this.#advancePod(pod)))
  }

  #forgetAllBut(pods: readonly Pod[]): void {
    const present = new Set(pods.map(({ metadata }) => metadata.uid))
    for (const uid of this.#kept.keys()) if (!present.has(uid)) this.#kept.delete(uid)
  }

  async #advancePod(pod: Pod): Promise<void> {
    const { name, namespace, uid, deletionTimestamp } = pod.metadata
    const path = `/api/v1/namespaces/${namespace}/pods/${name}`
    if (deletionTimestamp !== undefined) {
      // By uid: a pod of the same name may be new (a StatefulSet's), and the list is from a cache.
      await this.#api.delete(path, { gracePeriodSeconds: 0, preconditions: { uid } })
      return
    }
    const node = this.#nodes.get(pod.spec.nodeName ?? '')
    if (node === undefined) return
    const kept = this.#kept.get(uid)
    const now = this.#options.now()
    const before = kept?.record ?? firstRecord(pod, { now, ip: this.#nextAddress(), hostIp: node.hostIp })
    const record = advancePod(pod, before, { now, backOff: this.#options.backOff, allocatable: node.allocatable })
    const status = podStatus(pod, record)
    const text = JSON.stringify(status)
    if (text === kept?.written) {
      this.#kept.set(uid, { record, written: text })
      return
    }
    const answer = await this.#api.patch(`${path}/status`, { metadata: { uid }, status })
    // A pod that has gone meanwhile (404, 409) is no longer ours; anything else is tried again.
    this.#kept.set(uid, { record, written: answer.status < 300 ? text : '' })
    if (answer.status >= 300 && answer.status !== 404 && answer.status !== 409) {
      throw new Error(`status of pod ${namespace}/${name}: ${answer.status} ${JSON.stringify(answer.body)}`)
    }
  }

  #nextAddress(): string {
    this.#addresses += 1
    return `10.244.${Math.floor(this.#addresses / 250) % 256}.${(this.#addresses % 250) + 1}`
  }
}
