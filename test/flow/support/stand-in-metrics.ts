import {
  answeringServer,
  vector,
  type AnsweringServer,
  type Asked,
} from '../../adapters/prometheus/support/answering-server.ts'
import type { ServerResponse } from 'node:http'
import { partsOfQuery, type Part } from './parts-of-query.ts'

type Labels = Readonly<Record<string, string>>
type Row = readonly [labels: Labels, value: string]
export type Say = (response: ServerResponse, asked: Asked, number: number) => void

/** A workload as the metrics know it: one pod, and what it used. */
export interface KnownUsage {
  readonly name: string
  readonly cpu: string
  readonly memoryMib: number
  /** Since when there are samples, in seconds before the time of the scan; not said unless given. */
  readonly seenForSeconds?: number
}
export const WEB: KnownUsage = { name: 'web', cpu: '0.25', memoryMib: 200 }

/** What one expression says at a time; `one` workload, or the server and the cluster. */
type Fact = readonly [fragment: string, rowsOf: (one: KnownUsage, asked: Asking) => readonly Row[]]
interface Asking {
  readonly at: number
  readonly expression: string
}
const series = ({ name }: KnownUsage): Labels => ({
  namespace: 'shop',
  container: 'app',
  pod: `${name}-1`,
  job: 'kubelet',
})
const pod = ({ name }: KnownUsage): Labels => ({ namespace: 'shop', pod: `${name}-1` })
/** Nothing where it is not known since when there are samples. */
const seen = (one: KnownUsage, value: (seconds: number) => number): readonly Row[] =>
  one.seenForSeconds === undefined ? [] : [[series(one), String(value(one.seenForSeconds))]]
const stepOf = (expression: string): number => Number(/:(\d+)s\]/.exec(expression)?.[1] ?? 3600)

/** In this order: the first fragment that is in an expression counts. */
const OF_WORKLOADS: readonly Fact[] = [
  ['[900s])', (one) => seen(one, () => 30)],
  ['min_over_time(', (one, { at }) => seen(one, (seconds) => at - seconds)],
  ['(time()', (one, { at }) => seen(one, () => at)],
  ['quantile_over_time', (one) => [[series(one), one.cpu]]],
  ['max_over_time(container_memory', (one) => [[series(one), String(one.memoryMib * 2 ** 20)]]],
  ['m:75s]', (one) => [[series(one), '500']]],
  [
    'count_over_time(max',
    (one, { expression }) => [
      ...(expression.includes(':75s]') ? [[series(one), '500'] as const] : looksOf(one, expression)),
    ],
  ],
  ['count_over_time(', (one, { expression }) => looksOf(one, expression)],
  ['kube_pod_status_phase', (one) => [[pod(one), '1']]],
  ['kube_pod_info', (one) => [[{ ...pod(one), uid: `uid-${one.name}-1` }, '1']]],
  ['kube_pod_owner', (one) => [[{ ...pod(one), owner_kind: 'ReplicaSet', owner_name: `${one.name}-7` }, '1']]],
  [
    'kube_replicaset_owner',
    ({ name }) => [[{ namespace: 'shop', replicaset: `${name}-7`, owner_kind: 'Deployment', owner_name: name }, '1']],
  ],
  ['container_memory_working_set_bytes', (one) => seen(one, () => one.memoryMib * 2 ** 20)],
]
const looksOf = (one: KnownUsage, expression: string): readonly Row[] =>
  seen(one, (seconds) => Math.floor(seconds / stepOf(expression)))

const OF_THE_CLUSTER: readonly (readonly [fragment: string, value: string])[] = [
  ['vector(1)', '3'],
  ['machine_memory_bytes', String(32 * 2 ** 30)],
  ['machine_cpu_cores', '8'],
  ['resource="memory"', String(2 ** 30)],
  ['resource="cpu"', '1'],
]

interface Told {
  readonly workloads: readonly KnownUsage[]
  readonly change: Readonly<Record<string, string>>
}
function rowsOf({ expression, labels }: Part, at: number, { workloads, change }: Told): readonly Row[] {
  const ofCluster = OF_THE_CLUSTER.find(([fragment]) => expression.includes(fragment))
  if (ofCluster) return [[labels, ofCluster[1]]]
  const fact = OF_WORKLOADS.find(([fragment]) => expression.includes(fragment))
  if (!fact) return []
  const [fragment, rows] = fact
  return workloads.flatMap((one) =>
    rows(one, { at, expression }).map(([own, value]) => [{ ...own, ...labels }, change[fragment] ?? value] as const),
  )
}

/** The answer about these workloads. */
export const about = (workloads: readonly KnownUsage[]): Say => saying({ workloads, change: {} })
/** A true answer about `web`, but for another value where a query has that fragment. */
export const changed = (change: Readonly<Record<string, string>>): Say => saying({ workloads: [WEB], change })
export const truth: Say = changed({})

function saying(told: Told): Say {
  return (response, { path, form }) => {
    response.writeHead(200, { 'content-type': 'application/json' })
    if (path.endsWith('/query_range')) {
      response.end('{"status":"success","data":{"resultType":"matrix","result":[]}}')
      return
    }
    const at = Number(form.get('time'))
    const rows = partsOfQuery(form.get('query') ?? '').flatMap((part) => rowsOf(part, at, told))
    response.end(vector(rows.map(([metric, value]) => ({ metric, value: [at, value] }))))
  }
}

/** A real HTTP server in the place of Prometheus that knows one workload and says what a test wants. */
export const standInMetrics = (say: Say = truth): Promise<AnsweringServer> => {
  const made = answeringServer((response, attempt) => {
    void made.then(({ asked }) => {
      const question = asked[attempt - 1]
      if (question) say(response, question, attempt)
    })
  })
  return made
}
