import {
  answeringServer,
  vector,
  type AnsweringServer,
  type Asked,
} from '../../adapters/prometheus/support/answering-server.ts'
import type { ServerResponse } from 'node:http'

/** A value, also one that follows from the time that was asked for. */
type Value = string | ((at: number) => string)
type Row = readonly [labels: Readonly<Record<string, string>>, value: Value]
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

const GIB = 2 ** 30
type Facts = readonly (readonly [fragment: string, rows: readonly Row[]])[]

/** What Prometheus says about `deployment/…` in `shop`, by what a query contains; the first fragment that is in it counts. */
function factsOf(workloads: readonly KnownUsage[]): Facts {
  const series = ({ name }: KnownUsage) => ({
    namespace: 'shop',
    container: 'app',
    pod: `${name}-1`,
    job: 'kubelet',
  })
  const each = (rowsOf: (one: KnownUsage) => readonly Row[]): readonly Row[] => workloads.flatMap(rowsOf)
  const counts = each((one) => ['cpu', 'memory'].map((part) => [{ ...series(one), part }, '500'] as const))
  return [
    [
      'machine_memory_bytes',
      [
        [{ part: 'probe' }, '3'],
        [{ part: 'cluster_memory' }, String(32 * GIB)],
        [{ part: 'cluster_cpu' }, '8'],
        [{ part: 'kube_system_mem_req' }, String(GIB)],
        [{ part: 'kube_system_cpu_req' }, '1'],
      ],
    ],
    ['timestamp(', each((one) => spansOf(one, series(one)))],
    ['count_over_time(max', counts],
    ['max by (namespace, container, pod, job) (count_over_time(', counts],
    ['quantile_over_time', each((one) => [[series(one), one.cpu]])],
    ['max_over_time(container_memory', each((one) => [[series(one), String(one.memoryMib * 2 ** 20)]])],
    [
      'kube_pod_status_phase',
      each(({ name }) => [
        [{ namespace: 'shop', pod: `${name}-1`, part: 'running' }, '1'],
        [{ namespace: 'shop', pod: `${name}-1`, uid: `uid-${name}-1`, part: 'uid' }, '1'],
      ]),
    ],
    [
      'kube_pod_owner',
      each(({ name }) => [
        [{ namespace: 'shop', pod: `${name}-1`, owner_kind: 'ReplicaSet', owner_name: `${name}-7` }, '1'],
      ]),
    ],
    [
      'kube_replicaset_owner',
      each(({ name }) => [
        [{ namespace: 'shop', replicaset: `${name}-7`, owner_kind: 'Deployment', owner_name: name }, '1'],
      ]),
    ],
  ]
}

function spansOf({ seenForSeconds: seen }: KnownUsage, labels: Row[0]): readonly Row[] {
  if (seen === undefined) return []
  return [
    [{ ...labels, part: 'first' }, (at) => String(at - seen)],
    [{ ...labels, part: 'last' }, String],
    [{ ...labels, part: 'steps' }, String(Math.ceil(seen / 3600))],
    [{ ...labels, part: 'recent' }, '30'],
  ]
}

/** The answer about these workloads. */
export const about = (workloads: readonly KnownUsage[]): Say => saying(factsOf(workloads))
/** A true answer about `web`, but for another value where a query has that fragment. */
export const changed = (change: Readonly<Record<string, string>>): Say => saying(factsOf([WEB]), change)
export const truth: Say = changed({})

function saying(facts: Facts, change: Readonly<Record<string, string>> = {}): Say {
  return (response, { path, form }) => {
    response.writeHead(200, { 'content-type': 'application/json' })
    if (path.endsWith('/query_range')) {
      response.end('{"status":"success","data":{"resultType":"matrix","result":[]}}')
      return
    }
    const at = Number(form.get('time'))
    const atTime = (value: Value): string => (typeof value === 'string' ? value : value(at))
    const [fragment, rows] = facts.find(([each]) => form.get('query')?.includes(each)) ?? ['', []]
    response.end(vector(rows.map(([metric, value]) => ({ metric, value: [1, change[fragment] ?? atTime(value)] }))))
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
