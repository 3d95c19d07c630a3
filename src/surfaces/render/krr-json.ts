import type { Allocation, ObservedAutoscaler } from '../../model/observation.ts'
import type { Allocations, Recommended, RecommendedPair, Scan, ScanRow, Severity } from '../../model/recommendation.ts'
import { krrDescription } from './krr-description.ts'

/** A scan in krr's own JSON schema, field for field in krr's order; annotations are left out (they hold whole manifests). */
export function krrJson(scan: Scan): KrrResult {
  return {
    scans: scan.rows.map((row) => ({
      object: objectOf(row, scan.cluster.name),
      recommended: { requests: pairOf(row.requests), limits: pairOf(row.limits), info: { ...row.info } },
      severity: row.severity,
    })),
    score: scan.score,
    resources: ['cpu', 'memory'],
    description: krrDescription(scan),
    strategy: { name: scan.strategy, settings: settingsOf(scan) },
    errors: scan.errors,
    clusterSummary: scan.clusterSummary,
    config: configOf(scan),
  }
}

export interface KrrResult {
  readonly scans: readonly KrrScan[]
  readonly score: number
  readonly resources: readonly string[]
  readonly description: string
  readonly strategy: { readonly name: string; readonly settings: Readonly<Record<string, number | boolean>> }
  readonly errors: Scan['errors']
  readonly clusterSummary: Scan['clusterSummary']
  readonly config: Readonly<Record<string, unknown>>
}
export interface KrrScan {
  readonly object: KrrObject
  readonly recommended: {
    readonly requests: KrrPair
    readonly limits: KrrPair
    readonly info: ScanRow['info']
  }
  readonly severity: Severity
}
export interface KrrObject {
  readonly cluster: string | null
  readonly name: string
  readonly container: string
  readonly pods: readonly { readonly name: string; readonly deleted: boolean }[]
  readonly hpa: Readonly<Record<string, number | null>> | null
  readonly namespace: string
  readonly kind: string
  readonly allocations: { readonly requests: Allocation; readonly limits: Allocation; readonly info: object }
  readonly warnings: readonly string[]
  readonly labels: Readonly<Record<string, string>>
}
type KrrPair = Readonly<Record<'cpu' | 'memory', { readonly value: Recommended; readonly severity: Severity }>>

function objectOf({ container, pods, autoscaler, warnings }: ScanRow, cluster: string): KrrObject {
  return {
    cluster,
    name: container.name,
    container: container.container,
    pods: pods.map(({ name, deleted }) => ({ name, deleted })),
    hpa: autoscaler && autoscalerOf(autoscaler),
    namespace: container.namespace,
    kind: container.kind,
    allocations: allocationsOf(container.allocations),
    warnings,
    labels: container.labels,
  }
}
const autoscalerOf = (autoscaler: ObservedAutoscaler): Readonly<Record<string, number | null>> => ({
  min_replicas: autoscaler.minReplicas,
  max_replicas: autoscaler.maxReplicas,
  current_replicas: autoscaler.currentReplicas,
  desired_replicas: autoscaler.desiredReplicas,
  target_cpu_utilization_percentage: autoscaler.cpuUtilization,
  target_memory_utilization_percentage: autoscaler.memoryUtilization,
})
const allocationsOf = ({ requests, limits }: Allocations): KrrObject['allocations'] => ({
  requests: { cpu: requests.cpu, memory: requests.memory },
  limits: { cpu: limits.cpu, memory: limits.memory },
  info: {},
})
const pairOf = ({ cpu, memory }: RecommendedPair): KrrPair => ({
  cpu: { value: cpu.value, severity: cpu.severity },
  memory: { value: memory.value, severity: memory.severity },
})

/** In krr's order. */
function settingsOf({ strategy, settings }: Scan): Readonly<Record<string, number | boolean>> {
  return {
    history_duration: settings.historyHours,
    timeframe_duration: settings.timeframeMinutes,
    ...(strategy === 'simple_limit'
      ? { cpu_request: settings.cpuRequest, cpu_limit: settings.cpuLimit }
      : { cpu_percentile: settings.cpuPercentile }),
    ...(strategy === 'usage_aware'
      ? {
          cpu_headroom_percentage: settings.cpuHeadroomPercentage,
          throttled_above_percentage: settings.throttledAbovePercentage,
        }
      : {}),
    memory_buffer_percentage: settings.memoryBufferPercentage,
    points_required: settings.pointsRequired,
    allow_hpa: settings.allowHpa,
    use_oomkill_data: settings.useOomkillData,
    oom_memory_buffer_percentage: settings.oomMemoryBufferPercentage,
  }
}

/** What of krr's configuration has a meaning here. */
const configOf = ({ scope, settings, strategy, prometheus, cluster }: Scan): Readonly<Record<string, unknown>> => ({
  clusters: [cluster.name],
  namespaces: scope.namespaces.length === 0 ? '*' : scope.namespaces,
  resources: scope.kinds.length === 0 ? '*' : scope.kinds,
  selector: scope.selector ?? null,
  cpu_min_value: settings.cpuMin,
  memory_min_value: settings.memoryMin,
  prometheus_url: prometheus.origin,
  format: 'json',
  strategy,
})
