import type { Allocated, Allocation } from '../../model/observation.ts'
import { bytes, cores } from '../../model/quantity.ts'
import type { KrrAutoscaler, KrrRow } from '../../ports/krr-engine.ts'
import type { KrrJsonScan } from './krr-json.ts'

/** One of krr's `scans` in our words; pods by name, since krr's own order is another one in every run. */
export function rowOfScan({ object, recommended, severity }: KrrJsonScan): KrrRow {
  const { kind, namespace, name, container, pods, hpa, allocations, warnings, labels } = object
  return {
    kind,
    namespace,
    name,
    container,
    allocations: { requests: allocationOf(allocations.requests), limits: allocationOf(allocations.limits) },
    labels: labels ?? {},
    pods: pods.toSorted((a, b) => (a.name < b.name ? -1 : 1)),
    autoscaler: hpa && autoscalerOf(hpa),
    warnings: warnings.toSorted(),
    requests: recommended.requests,
    limits: recommended.limits,
    info: recommended.info,
    severity,
  }
}

type JsonAllocation = KrrJsonScan['object']['allocations']['requests']
const allocationOf = ({ cpu, memory }: JsonAllocation): Allocation => ({
  cpu: inUnit(cpu, cores),
  memory: inUnit(memory, bytes),
})
const inUnit = <Unit extends number>(value: JsonAllocation['cpu'], unit: (value: number) => Unit): Allocated<Unit> =>
  typeof value === 'number' ? unit(value) : value

const autoscalerOf = (hpa: NonNullable<KrrJsonScan['object']['hpa']>): KrrAutoscaler => ({
  minReplicas: hpa.min_replicas,
  maxReplicas: hpa.max_replicas,
  currentReplicas: hpa.current_replicas,
  desiredReplicas: hpa.desired_replicas,
  cpuUtilization: hpa.target_cpu_utilization_percentage,
  memoryUtilization: hpa.target_memory_utilization_percentage,
})
