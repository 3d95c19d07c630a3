import { shellWord } from '../model/shell-word.ts'
import { matcher } from './promql/matcher.ts'
import type { ForeignPair } from './several-clusters.ts'
import type { UsageSession } from './usage-session.ts'

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
export async function tellingLabels(session: UsageSession, { ours, other }: ForeignPair): Promise<string> {
  const [mine, theirs] = await Promise.all([labelsOf(session, ours), labelsOf(session, other)])
  const telling = Object.entries(mine).filter(
    ([name, value]) => !OF_THE_POD.has(name) && theirs[name] !== undefined && theirs[name] !== value,
  )
  return telling
    .map(([name, value]) => `--prometheus-label ${shellWord(name)} --prometheus-cluster-label ${shellWord(value)}`)
    .map((flags) => `if this is the right one: ${flags}`)
    .join('; or ')
}

async function labelsOf(session: UsageSession, pod: string): Promise<Readonly<Record<string, string>>> {
  const [namespace = '', name = '', uid = ''] = pod.split('/')
  const selector = [matcher('namespace', [namespace]), matcher('pod', [name]), matcher('uid', [uid])].join(', ')
  const answer = await session.ask(`kube_pod_info{${selector}}`)
  return answer.ok ? (answer.value[0]?.labels ?? {}) : {}
}
