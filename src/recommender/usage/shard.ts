import { matcher } from '../promql/matcher.ts'

/** A part of the cluster that one query is about. */
export interface Shard {
  readonly namespaces: readonly string[]
  /** The pods whose numbers are wanted. */
  readonly pods: readonly ShardPod[]
  /** Whether the query names the pods, or takes all of the namespaces (more rows, a shorter query). */
  readonly byName: boolean
}
export interface ShardPod {
  readonly namespace: string
  readonly pod: string
  readonly containers: readonly string[]
  /** How many points its series are likely to have in the whole window. */
  readonly points: number
}

/** A part for queries about namespaces as a whole. */
export const namespaceShard = (namespaces: readonly string[]): Shard => ({ namespaces, pods: [], byName: false })

/** A part for queries about these pods and no others. */
export const podShard = (pods: readonly ShardPod[]): Shard => ({
  namespaces: [...new Set(pods.map((pod) => pod.namespace))],
  pods,
  byName: true,
})

/** The matchers of a shard. Containers that nobody asks about (sidecars put in from outside, pauses) stay out. */
export function selectorOf(shard: Shard): string {
  const containers = new Set(shard.pods.flatMap((pod) => pod.containers))
  const parts = [matcher('namespace', shard.namespaces)]
  if (shard.byName) parts.push(matcher('pod', [...new Set(shard.pods.map((pod) => pod.pod))]))
  if (containers.size > 0) parts.push(matcher('container', [...containers]))
  return parts.join(', ')
}

/** Two parts of about the same size, or undefined where a part cannot be made smaller. */
export function halves(shard: Shard): readonly [Shard, Shard] | undefined {
  if (!shard.byName && shard.namespaces.length > 1) {
    const [first, second] = cut(shard.namespaces)
    return [within(shard, first), within(shard, second)]
  }
  if (shard.pods.length < 2) return undefined
  const [first, second] = cut(shard.pods)
  return [podShard(first), podShard(second)]
}

function within(shard: Shard, namespaces: readonly string[]): Shard {
  const wanted = new Set(namespaces)
  return { ...shard, namespaces, pods: shard.pods.filter((pod) => wanted.has(pod.namespace)) }
}
function cut<Item>(items: readonly Item[]): readonly [readonly Item[], readonly Item[]] {
  const middle = Math.ceil(items.length / 2)
  return [items.slice(0, middle), items.slice(middle)]
}
