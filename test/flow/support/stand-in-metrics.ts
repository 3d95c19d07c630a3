import {
  answeringServer,
  vector,
  type AnsweringServer,
  type Asked,
} from '../../adapters/prometheus/support/answering-server.ts'
import type { ServerResponse } from 'node:http'

type Row = readonly [labels: Readonly<Record<string, string>>, value: string]
export type Say = (response: ServerResponse, asked: Asked, number: number) => void

const SERIES = { namespace: 'shop', container: 'app', pod: 'web-1', job: 'kubelet' }
const GIB = 2 ** 30

/** What Prometheus says about `deployment/web`, by what a query contains; the first fragment that is in it counts. */
const FACTS: readonly (readonly [fragment: string, rows: readonly Row[]])[] = [
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
  ['timestamp(', []],
  ['count_over_time(max', ['cpu', 'memory'].map((part) => [{ ...SERIES, part }, '500'] as const)],
  [
    'max by (namespace, container, pod, job) (count_over_time(',
    ['cpu', 'memory'].map((part) => [{ ...SERIES, part }, '500'] as const),
  ],
  ['quantile_over_time', [[SERIES, '0.25']]],
  ['max_over_time(container_memory', [[SERIES, String(200 * 2 ** 20)]]],
  [
    'kube_pod_status_phase',
    [
      [{ namespace: 'shop', pod: 'web-1', part: 'running' }, '1'],
      [{ namespace: 'shop', pod: 'web-1', uid: 'uid-web-1', part: 'uid' }, '1'],
    ],
  ],
  ['kube_pod_owner', [[{ namespace: 'shop', pod: 'web-1', owner_kind: 'ReplicaSet', owner_name: 'web-7' }, '1']]],
  [
    'kube_replicaset_owner',
    [[{ namespace: 'shop', replicaset: 'web-7', owner_kind: 'Deployment', owner_name: 'web' }, '1']],
  ],
]

/** A true answer, but for another value where a query has that fragment. */
export const changed =
  (change: Readonly<Record<string, string>>): Say =>
  (response, { path, form }) => {
    response.writeHead(200, { 'content-type': 'application/json' })
    if (path.endsWith('/query_range')) {
      response.end('{"status":"success","data":{"resultType":"matrix","result":[]}}')
      return
    }
    const [fragment, rows] = FACTS.find(([each]) => form.get('query')?.includes(each)) ?? ['', []]
    response.end(vector(rows.map(([metric, value]) => ({ metric, value: [1, change[fragment] ?? value] }))))
  }
export const truth: Say = changed({})

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
