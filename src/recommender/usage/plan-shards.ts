import { podShard } from './shard.ts'
import type { Shard, ShardPod } from './shard.ts'

/** A namespace with the pods wanted of it. */
export interface NamespacePods {
  readonly namespace: string
  readonly pods: readonly ShardPod[]
  /** Pods of the namespace that nobody asks about. */
  readonly others: number
}

/** krr's default history has 16,128 points per series: about 310 whole series, 80 MB in Prometheus (reference). */
export const POINT_BUDGET = 5_000_000

/** Shards of at most `budget` points: whole namespaces where most of it is wanted, else pods by name. */
export function planShards(namespaces: readonly NamespacePods[], budget: number): readonly Shard[] {
  const wholes: NamespacePods[] = []
  const named: ShardPod[] = []
  for (const namespace of namespaces) {
    const whole = pointsOf(namespace.pods) <= budget && namespace.others <= namespace.pods.length
    if (whole && namespace.pods.length > 0) wholes.push(namespace)
    else named.push(...namespace.pods)
  }
  const all = namespaces.flatMap((namespace) => namespace.pods)
  // Fewer queries where naming every pod fits into one.
  if (wholes.length > 0 && named.length > 0 && podShards(all, budget).length === 1) return [podShard(all)]
  const together = filled(wholes, budget, (namespace) => pointsOf(namespace.pods))
  return [...together.map(wholeShard), ...podShards(named, budget)]
}

/** Shards of these pods by name; at most a thousand names each, so that the query stays readable for the server. */
export const podShards = (pods: readonly ShardPod[], budget: number): readonly Shard[] =>
  filled(pods, budget, (pod) => Math.max(pod.points, budget / 1000)).map(podShard)

const wholeShard = (namespaces: readonly NamespacePods[]): Shard => ({
  namespaces: namespaces.map((each) => each.namespace),
  pods: namespaces.flatMap((each) => each.pods),
  byName: false,
})
const pointsOf = (pods: readonly ShardPod[]): number => pods.reduce((sum, pod) => sum + pod.points, 0)

/** Fills one group after the other, in order. */
function filled<Item>(items: readonly Item[], budget: number, weight: (item: Item) => number): readonly Item[][] {
  const groups: Item[][] = []
  let room = 0
  for (const item of items) {
    const last = groups.at(-1)
    if (last && weight(item) <= room) last.push(item)
    else {
      groups.push([item])
      room = budget
    }
    room -= weight(item)
  }
  return groups
}
