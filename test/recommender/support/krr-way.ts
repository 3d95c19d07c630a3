import type { ScanRow } from '../../../src/model/recommendation.ts'
import { queryPrometheus } from '../../harness/query-prometheus.ts'

/** Where and as of when krr's own queries are asked. */
export interface KrrAsks {
  readonly url: string
  readonly at: number
  /** krr's literals: `[P]`, `[D]`, `S` and `Q`. */
  readonly owners: string
  readonly duration: string
  readonly step: string
  readonly quantile: string
}
export interface KrrSees {
  readonly pods: readonly { readonly name: string; readonly deleted: boolean }[]
  readonly cpu: Readonly<Record<string, string>>
  readonly memory: Readonly<Record<string, string>>
  readonly cpuPoints: number
  readonly memoryPoints: number
}

const THROUGH: Readonly<Record<string, readonly [metric: string, label: string, podOwner: string]>> = {
  Deployment: ['kube_replicaset_owner', 'replicaset', 'ReplicaSet'],
  Rollout: ['kube_replicaset_owner', 'replicaset', 'ReplicaSet'],
  DeploymentConfig: ['kube_replicationcontroller_owner', 'replicationcontroller', 'ReplicationController'],
  CronJob: ['kube_job_owner', 'job_name', 'Job'],
}

/** One container by krr's own queries, word for word (reference: krr's loaders), one after the other as krr asks them. */
export async function krrWay(asks: KrrAsks, row: ScanRow): Promise<KrrSees> {
  const { namespace, kind, name, container } = row.container
  const ask = async (promql: string) => await queryPrometheus(asks.url, promql, asks.at)
  const labels = async (label: string, promql: string): Promise<readonly string[]> => [
    ...new Set((await ask(promql)).map(({ metric }) => metric[label] ?? '')),
  ]
  const [metric, label, podOwner] = THROUGH[kind] ?? ['', '', kind]
  const own = `owner_name="${name}", owner_kind="${kind}", namespace="${namespace}"`
  const owners = metric === '' ? [name] : await labels(label, `${metric}{${own}}[${asks.owners}]`)
  const of = `owner_name=~"${owners.join('|')}", owner_kind="${podOwner}", namespace="${namespace}"`
  const known = await labels('pod', `last_over_time(kube_pod_owner{${of}}[${asks.owners}])`)
  const running = new Set(
    await labels(
      'pod',
      `kube_pod_status_phase{phase="Running", pod=~"${known.join('|')}", namespace="${namespace}"} == 1`,
    ),
  )
  const pods = known.length > 0 ? known.map((pod) => ({ name: pod, deleted: !running.has(pod) })) : row.pods
  const sel = `namespace="${namespace}", pod=~"${pods.map((pod) => pod.name).join('|')}", container="${container}"`
  const [cpu, memory] = [`container_cpu_usage_seconds_total{${sel}}`, `container_memory_working_set_bytes{${sel}}`]
  const by = 'by (container, pod, job)'
  const over = `[${asks.duration}:${asks.step}]`
  const perPod = async (promql: string) => chosen(await ask(promql))
  return {
    pods: pods.toSorted((a, b) => (a.name < b.name ? -1 : 1)),
    cpu: await perPod(`quantile_over_time(${asks.quantile}, max(rate(${cpu}[${asks.step}])) ${by} ${over})`),
    memory: await perPod(`max_over_time(max(${memory}) ${by} ${over})`),
    cpuPoints: sum(await perPod(`count_over_time(max(${cpu}) ${by} ${over})`)),
    memoryPoints: sum(await perPod(`count_over_time(max(${memory}) ${by} ${over})`)),
  }
}

type Rows = Awaited<ReturnType<typeof queryPrometheus>>
function chosen(rows: Rows): Readonly<Record<string, string>> {
  const byPod = Object.groupBy(rows, ({ metric }) => metric['pod'] ?? '')
  return Object.fromEntries(
    Object.entries(byPod).map(([pod, all = []]) => {
      const jobs = all.toSorted((a, b) => ((a.metric['job'] ?? '') < (b.metric['job'] ?? '') ? -1 : 1))
      const row = jobs.find(({ metric }) => metric['job'] === 'kubelet') ?? jobs[0]
      return [pod, row?.value[1] ?? '']
    }),
  )
}
const sum = (values: Readonly<Record<string, string>>): number =>
  Object.values(values).reduce((total, value) => total + Number(value), 0)
