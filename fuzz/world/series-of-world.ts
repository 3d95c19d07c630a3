import { ownerSeries } from './series/owner-series.ts'
import { constant } from './series/sampled.ts'
import type { Series } from './series/series.ts'
import { usageSeries } from './series/usage-series.ts'
import type { WorldPlan } from './world-plan.ts'

const KUBELET = { job: 'kubelet', instance: '10.0.0.1:10250' }

/** All series that kubelet, kube-state-metrics and Prometheus itself would have recorded. */
export function seriesOfWorld(plan: WorldPlan): readonly Series[] {
  return [
    ...plan.workloads.flatMap((workload) => [...ownerSeries(workload), ...usageSeries(plan.seed, workload)]),
    ...summarySeries(plan),
    ...ownHistory(plan),
  ]
}

function summarySeries({ summaryMetrics, span }: WorldPlan): readonly Series[] {
  const wanted = (name: string, value: number): readonly Series[] => {
    if (!summaryMetrics.includes(name)) return []
    const [metric = '', resource] = name.split('/')
    const samples = (): ReturnType<typeof constant> => constant(value, span)
    if (resource === undefined) return [{ metric, labels: KUBELET, samples }]
    const labels = { job: 'kube-state-metrics', namespace: 'kube-system', pod: 'dns-0', container: 'main', resource }
    return [{ metric: `kube_pod_container_resource_${metric}`, labels, samples }]
  }
  return [
    ...wanted('machine_memory_bytes', 64 * 2 ** 30),
    ...wanted('machine_cpu_cores', 16),
    ...wanted('requests/memory', 1e8),
    ...wanted('requests/cpu', 0.1),
  ]
}

function ownHistory({ ownHistoryFrom: from, span }: WorldPlan): readonly Series[] {
  if (from === undefined) return []
  const labels = { job: 'prometheus', instance: 'localhost:9090' }
  return [{ metric: 'prometheus_tsdb_head_series', labels, samples: () => constant(1000, { from, to: span.to }) }]
}
