import { ok } from '../../model/result.ts'
import type { Result } from '../../model/result.ts'
import type { Sample, UsageProblem } from '../../ports/usage-reader.ts'
import type { WorkloadKind } from '../../model/workload.ts'
import type { MetricWindow } from '../metric-window.ts'
import { partOf } from '../promql/tagged-union.ts'
import { askTogether } from '../ask-together.ts'
import { askShards } from '../usage/ask-shards.ts'
import { namespaceShard, selectorOf } from '../usage/shard.ts'
import type { Shard } from '../usage/shard.ts'
import type { UsageSession } from '../usage-session.ts'
import { discoveryQueries } from './discovery-queries.ts'
import { namesByOwner } from './names-by-owner.ts'
import type { NamesByOwner } from './names-by-owner.ts'
import { POD_OWNER_RULES } from './pod-owner-rule.ts'

/** What kube-state-metrics knows about the pods of some namespaces over a window. */
export interface PodHistory {
  /** Sets and jobs by the workload that owns them. */
  readonly owned: NamesByOwner
  /** Pods by their owner. */
  readonly pods: NamesByOwner
  /** How many pods each namespace has had. */
  readonly podsPerNamespace: ReadonlyMap<string, number>
  /** `namespace/pod` of those that run now. */
  readonly running: ReadonlySet<string>
  /** `namespace/pod/uid` of those that exist now. */
  readonly uids: ReadonlySet<string>
}
export interface HistoryQuestion {
  readonly namespaces: readonly string[]
  readonly kinds: ReadonlySet<WorkloadKind>
  readonly window: MetricWindow
}

/** So many namespaces are asked about at once; the owners of two weeks are many samples, and two halves are two cores' work. */
const TOGETHER = 4
const SHARDS = 4

/** Reads it with one query where there are few namespaces, else with a handful: whatever the number of workloads. */
export async function podHistory(
  session: UsageSession,
  { namespaces, kinds, window }: HistoryQuestion,
): Promise<Result<PodHistory, UsageProblem>> {
  const all = namespaces.length === 0 ? [] : [namespaceShard(namespaces)]
  const owns = discoveryQueries.owned(kinds, '', window) !== undefined
  const ownedOf = (selector: string): string => discoveryQueries.owned(kinds, selector, window) ?? ''
  const podsOf = (selector: string): string => discoveryQueries.pods(selector, window)
  const questions = [...(owns ? [ownedOf] : []), podsOf, discoveryQueries.present]
  const selector = selectorOf(namespaceShard(namespaces)) + session.clusterMatcher
  const few = namespaces.length <= TOGETHER
  const asking = few
    ? askTogether(
        session,
        questions.map((promql) => promql(selector)),
      )
    : session
  const ask = (promql: (selector: string) => string, shards: readonly Shard[] = all) =>
    askShards(asking, shards, { promql, keep: (sample) => sample })
  const [pods, owned, present] = await Promise.all([
    ask(podsOf, few ? all : inShards(namespaces)),
    owns ? ask(ownedOf) : ok<readonly Sample[]>([]),
    ask(discoveryQueries.present),
  ])
  if (!owned.ok) return owned
  if (!pods.ok) return pods
  if (!present.ok) return present
  const of = (part: string): readonly Sample[] => present.value.filter((sample) => partOf(sample) === part)
  return ok({
    owned: namesByOwner(owned.value, OWNED_LABELS),
    pods: namesByOwner(pods.value, ['pod']),
    podsPerNamespace: countBy(pods.value),
    running: new Set(of('running').map(({ labels }) => `${labels['namespace']}/${labels['pod']}`)),
    uids: new Set(of('uid').map(({ labels }) => `${labels['namespace']}/${labels['pod']}/${labels['uid']}`)),
  })
}

/** Every fourth namespace each: their sizes are anybody's guess. */
const inShards = (namespaces: readonly string[]): readonly Shard[] =>
  Array.from({ length: SHARDS }, (_, at) => namespaces.filter((_each, index) => index % SHARDS === at)).flatMap(
    (some) => (some.length === 0 ? [] : [namespaceShard(some)]),
  )

const OWNED_LABELS = Object.values(POD_OWNER_RULES).flatMap(({ through }) => (through ? [through.label] : []))

function countBy(pods: readonly Sample[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const { labels } of pods) {
    const namespace = labels['namespace'] ?? ''
    counts.set(namespace, (counts.get(namespace) ?? 0) + 1)
  }
  return counts
}
