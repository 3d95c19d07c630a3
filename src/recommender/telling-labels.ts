import { ok } from '../model/result.ts'
import type { Result } from '../model/result.ts'
import { shellWord } from '../model/shell-word.ts'
import type { UsageProblem } from '../ports/usage-reader.ts'
import { matcher } from './promql/matcher.ts'
import type { UsageSession } from './usage-session.ts'

/** Two pods as `namespace/pod/uid`, one of them of another cluster. */
export interface ForeignPair {
  readonly ours: string
  readonly other: string
  readonly why: string
  /** More than come and go. */
  readonly many: boolean
}

/** Labels of `kube_pod_info` that are the pod's own. */
const OF_THE_POD = new Set([
  '__name__',
  'created_by_kind',
  'created_by_name',
  'host_ip',
  'host_network',
  'instance',
  'namespace',
  'node',
  'pod',
  'pod_ip',
  'priority_class',
  'uid',
])

/** The settings that choose this cluster's series, ready to paste; empty where no label differs. */
export async function tellingLabels(
  session: UsageSession,
  { ours, other }: ForeignPair,
): Promise<Result<string, UsageProblem>> {
  const [mine, theirs] = await Promise.all([labelsOf(session, ours), labelsOf(session, other)])
  if (!mine.ok) return mine
  if (!theirs.ok) return theirs
  const telling = [...mine.value]
    .filter(([name, values]) => isTelling(values, theirs.value.get(name)))
    .flatMap(([name, values]) => [...values].map((value) => `if this is the right one: ${flags(name, value)}`))
  return ok(telling.join('; or '))
}

type Labels = ReadonlyMap<string, ReadonlySet<string>>
/** Replicas of Prometheus scrape every pod: their label has the same values on both sides, and tells nothing. */
const isTelling = (mine: ReadonlySet<string>, theirs: ReadonlySet<string> | undefined): boolean =>
  theirs !== undefined && [...mine].every((value) => !theirs.has(value))

const flags = (name: string, value: string): string =>
  `--prometheus-label ${shellWord(name)} --prometheus-cluster-label ${shellWord(value)}`

/** Every value that each label of the scrape has for a pod. */
async function labelsOf(session: UsageSession, pod: string): Promise<Result<Labels, UsageProblem>> {
  const [namespace = '', name = '', uid = ''] = pod.split('/')
  const selector = [matcher('namespace', [namespace]), matcher('pod', [name]), matcher('uid', [uid])].join(', ')
  const answer = await session.ask(`kube_pod_info{${selector}}`)
  if (!answer.ok) return answer
  const values = new Map<string, Set<string>>()
  for (const { labels } of answer.value) {
    for (const [label, value] of Object.entries(labels)) {
      if (!OF_THE_POD.has(label)) values.set(label, (values.get(label) ?? new Set()).add(value))
    }
  }
  return ok(values)
}
