import { advancePod, firstRecord } from './advance-pod.ts'
import type { KubeletApi } from './kubelet-api.ts'
import type { Pod } from './pod.ts'
import type { PodRecord } from './pod-record.ts'
import { podStatus } from './pod-status.ts'
import { nodeAddress, type SimulatedNode } from './simulated-node.ts'

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
  readonly #hostIps: ReadonlyMap<string, string>
  readonly #kept = new Map<string, Kept>()
  #addresses = 0

  constructor(api: KubeletApi, options: PodKeeperOptions) {
    this.#api = api
    this.#options = options
    this.#hostIps = new Map(options.nodes.map(({ name }, index) => [name, nodeAddress(index)]))
  }

  /** Looks at all pods once and brings each one moment further. */
  async advance(): Promise<void> {
    const { status, body } = await this.#api.get(PODS)
    if (status !== 200) throw new Error(`list of pods: ${status} ${JSON.stringify(body)}`)
    const pods = (body as { items: readonly Pod[] }).items.filter(({ spec }) => this.#hostIps.has(spec.nodeName ?? ''))
    this.#forgetAllBut(pods)
    await Promise.all(pods.map(async (pod) => await this.#advancePod(pod)))
  }

  #forgetAllBut(pods: readonly Pod[]): void {
    const present = new Set(pods.map(({ metadata }) => metadata.uid))
    for (const uid of this.#kept.keys()) if (!present.has(uid)) this.#kept.delete(uid)
  }

  async #advancePod(pod: Pod): Promise<void> {
    if (pod.metadata.deletionTimestamp !== undefined) return await this.#remove(pod)
    const { uid } = pod.metadata
    const now = this.#options.now()
    const kept = this.#kept.get(uid)
    const record = advancePod(pod, kept?.record ?? this.#meet(pod, now), { now, backOff: this.#options.backOff })
    const status = podStatus(pod, record)
    const written = JSON.stringify(status)
    this.#kept.set(uid, { record, written })
    if (written === kept?.written) return
    const answer = await this.#api.patch(`${pathOf(pod)}/status`, { metadata: { uid }, status })
    // A pod that has gone meanwhile is no longer ours.
    if (answer.status < 300 || answer.status === 404 || answer.status === 409) return
    this.#kept.set(uid, { record, written: '' })
    throw new Error(`status of pod at ${pathOf(pod)}: ${answer.status} ${JSON.stringify(answer.body)}`)
  }

  async #remove(pod: Pod): Promise<void> {
    // By uid: a pod of the same name may be a new one (a StatefulSet's), and the list is from a cache.
    const { uid } = pod.metadata
    await this.#api.delete(pathOf(pod), { gracePeriodSeconds: 0, preconditions: { uid } })
  }

  #meet(pod: Pod, now: number): PodRecord {
    const hostIp = this.#hostIps.get(pod.spec.nodeName ?? '') ?? ''
    this.#addresses += 1
    const ip = `10.244.${Math.floor(this.#addresses / 250) % 256}.${(this.#addresses % 250) + 1}`
    return firstRecord(pod, { now, ip, hostIp })
  }
}

function pathOf({ metadata }: Pod): string {
  return `/api/v1/namespaces/${metadata.namespace}/pods/${metadata.name}`
}
