import { ok } from '../../model/result.ts'
import type { Result } from '../../model/result.ts'
import type { Sample, UsageProblem } from '../../ports/usage-reader.ts'
import type { WorkloadKind } from '../../model/workload.ts'
import type { MetricWindow } from '../metric-window.ts'
import { partOf } from '../promql/tagged-union.ts'
import { askShards } from '../usage/ask-shards.ts'
import { namespaceShard } from '../usage/shard.ts'
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

/** Reads it with three queries, whatever the number of workloads. */
export async function podHistory(
  session: UsageSession,
  { namespaces, kinds, window }: HistoryQuestion,
): Promise<Result<PodHistory, UsageProblem>> {
  const ask = (promql: (selector: string) => string) =>
    askShards(session, namespaces.length === 0 ? [] : [namespaceShard(namespaces)], {
      promql,
      keep: (sample) => sample,
    })
  const owns = discoveryQueries.owned(kinds, '', window) !== undefined
  const [owned, pods, present] = await Promise.all([
    owns ? ask((selector) => discoveryQueries.owned(kinds, selector, window) ?? '') : ok<readonly Sample[]>([]),
    ask((selector) => discoveryQueries.pods(selector, window)),
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

const OWNED_LABELS = Object.values(POD_OWNER_RULES).flatMap(({ through }) => (through ? [through.label] : []))

function countBy(pods: readonly Sample[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const { labels } of pods) {
    const namespace = labels['namespace'] ?? ''
    counts.set(namespace, (counts.get(namespace) ?? 0) + 1)
  }
  return counts
}
