import { bytes, cores } from '../../../../src/model/quantity.ts'
import type { Scan, ScanRow, Severity } from '../../../../src/model/recommendation.ts'
import type { UsageHistory } from '../../../../src/model/usage-history.ts'
import { metricWindow } from '../../../../src/recommender/metric-window.ts'
import { usageQueries } from '../../../../src/recommender/usage/usage-queries.ts'
import { AT, makeRow, makeScan } from './make-scan.ts'
import { makeUsage } from './make-usage.ts'

const MiB = 2 ** 20
const WINDOW = metricWindow(336, 1.25)

export interface Workload {
  readonly name: string
  readonly namespace?: string
  readonly severity?: Severity
  /** Cores: request now, recommended, peak of the chart. */
  readonly cpu?: readonly [number | null, number | '?', number]
  /** MiB: request now, recommended, peak of the chart. */
  readonly memory?: readonly [number | null, number | '?', number]
  readonly more?: Partial<ScanRow>
}

/** A scan of these workloads with queries as long as real ones, and two weeks of usage each. */
export function makeReport(
  workloads: readonly Workload[],
  more: Partial<Scan> = {},
): [Scan, Map<number, UsageHistory>] {
  const rows = workloads.map((workload, index) => rowOf(workload, index + 1))
  const usage = new Map(
    workloads.map(({ cpu = [0.25, 0.1, 0.09], memory = [128, 230, 200] }, index) => [
      index + 1,
      makeUsage(cpu[2], memory[2] * MiB),
    ]),
  )
  return [makeScan({ rows, ...more }), usage]
}

function rowOf(workload: Workload, row: number): ScanRow {
  const { name, namespace = 'shop', severity = 'OK', cpu = [0.25, 0.1, 0.09], memory = [128, 230, 200] } = workload
  const base = makeRow()
  const pods = ['7c9f-x2k4d', '7c9f-qq8zm', '7c9f-b7w1n'].map((end) => `${name}-${end}`)
  const selector = `namespace="${namespace}", pod=~"${pods.join('|')}", container="app"`
  const query = (purpose: string, promql: string) => ({ purpose, promql, at: AT })
  const inBytes = (value: number | null | '?') => (typeof value === 'number' ? value * MiB : value)
  const pair = (cpuValue: number | '?' | null, memoryValue: number | '?' | null) => ({
    cpu: { value: cpuValue, severity },
    memory: { value: inBytes(memoryValue), severity },
  })
  return makeRow({
    row,
    severity,
    container: {
      ...base.container,
      name,
      namespace,
      allocations: {
        requests: {
          cpu: cpu[0] === null ? null : cores(cpu[0]),
          memory: memory[0] === null ? null : bytes(memory[0] * MiB),
        },
        limits: base.container.allocations.limits,
      },
    },
    pods: pods.map((pod) => ({ name: pod, deleted: false })),
    requests: pair(cpu[1], memory[1]),
    limits: pair(null, memory[1]),
    evidence: {
      cpu: {
        ...base.evidence.cpu,
        rule: `The highest 99.9th percentile of CPU over 3 pods: ${cpu[1]} cores, rounded up to 1 millicore.`,
        perPod: pods.map((pod, index) => ({ pod, value: cpu[2] / (index + 1) })),
        queries: [
          query('99.9th percentile of CPU per pod, cores', usageQueries.cpuQuantileOfGroups('0.999')(selector, WINDOW)),
          query('points of CPU usage per pod', usageQueries.cpuPoints(selector, WINDOW)),
        ],
      },
      memory: {
        ...base.evidence.memory,
        rule: `The highest memory of 3 pods, ${memory[2]} MiB, plus 15 %, rounded up to 1 MiB.`,
        perPod: pods.map((pod, index) => ({ pod, value: (memory[2] * MiB) / (index + 1) })),
        queries: [
          query('highest memory per pod, bytes', usageQueries.memoryPeak(selector, WINDOW)),
          query('points of memory usage per pod', usageQueries.memoryPoints(selector, WINDOW)),
        ],
      },
    },
    ...workload.more,
  })
}
