import type { Deviation, ObservedAutoscaler } from '../../model/observation.ts'
import type { KrrWarning, Mark, ScanRow, WithheldRow } from '../../model/recommendation.ts'
import { highest } from '../numbers/highest.ts'
import { rowSeverity } from '../numbers/severity.ts'
import { LONGEST_RANGE } from '../usage/range-chunks.ts'
import { cpuEvidence, memoryEvidence } from './evidence-of.ts'
import type { EvidenceInput } from './evidence-of.ts'
import { recommendedPair } from './recommended-pair.ts'

export type MadeRow =
  | { readonly kind: 'row'; readonly row: ScanRow }
  | { readonly kind: 'withheld'; readonly row: WithheldRow }
export interface RowInput extends EvidenceInput {
  readonly row: number
  readonly autoscaler: ObservedAutoscaler | null
  readonly marks: readonly Mark[]
  /** krr would ask this server at another step. */
  readonly stretched: boolean
}

/** One row of a scan from what is known and proposed; withheld where no Kubernetes quantity could say the number. */
export function scanRow(input: RowInput): MadeRow {
  const { row, found, proposal, autoscaler, minimums } = input
  const { container, pods } = found
  const endless = endlessResource(input)
  if (endless) return { kind: 'withheld', row: { row, container, reason: endless } }
  const { allocations } = container
  const requests = recommendedPair(proposal, 'request', { current: allocations.requests, minimums })
  const limits = recommendedPair(proposal, 'limit', { current: allocations.limits, minimums })
  return {
    kind: 'row',
    row: {
      row,
      container,
      pods,
      autoscaler,
      warnings: warningsOf(input),
      requests,
      limits,
      info: { cpu: proposal.cpu.info, memory: proposal.memory.info },
      severity: rowSeverity(requests, limits),
      marks: input.marks,
      deviations: deviationsOf(input),
      evidence: { cpu: cpuEvidence(input, requests.cpu.value), memory: memoryEvidence(input, requests.memory.value) },
    },
  }
}

/** Where krr would have come to another number, or to none. */
function deviationsOf({ found, usage, needs, stretched }: RowInput): readonly Deviation[] {
  const { cpu, window } = needs
  const longRange = cpu.kind === 'percentiles' && cpu.historySeconds / window.stepSeconds > LONGEST_RANGE
  return [
    ...(found.container.deviations ?? []),
    ...(longRange && usage.cpu.length > 0 ? (['chunked_range'] as const) : []),
    ...(stretched ? (['one_step'] as const) : []),
  ]
}

/** krr drops such an object without a word (Python cannot round infinity). */
function endlessResource({ proposal, usage }: RowInput): string | undefined {
  for (const resource of ['cpu', 'memory'] as const) {
    const { request, limit } = proposal[resource]
    // krr makes its minimum of a memory peak of minus infinity: a guess. (CPU may have an endless point and a sound percentile.)
    const values = resource === 'memory' ? usage.memory.map((reading) => reading.value) : []
    const peak = values.length === 0 || Number.isNaN(request) ? 0 : highest(values)
    const endless = [request, limit, peak].find((value) => value !== null && Math.abs(value) === Infinity)
    if (endless === undefined) continue
    const pods = usage[resource].filter((reading) => Math.abs(reading.value) === Infinity).map((reading) => reading.pod)
    const name = resource === 'cpu' ? 'CPU' : 'memory'
    return `the metrics say an infinite ${name} usage for ${someOf(pods)}: no number can follow from that`
  }
  return undefined
}

const someOf = (pods: readonly string[]): string =>
  pods.length > 3 ? `${pods.slice(0, 3).join(', ')} and ${pods.length - 3} more pods` : pods.join(', ')

/** krr's warnings, by name. Its memory warning also means "no OOM kill seen", where it looks for those. */
function warningsOf({ found, usage, needs }: RowInput): readonly KrrWarning[] {
  // krr warns as well where a pod is too young for a point on the grid, though its range query has seen it.
  const noCpu = usage.cpu.length === 0 || usage.cpuPoints.counted === 0
  const noMemory = usage.memory.length === 0 || (needs.oomLimits && usage.oomLimits.length === 0)
  return [
    ...(noCpu ? (['NoPrometheusCPUMetrics'] as const) : []),
    ...(noMemory ? (['NoPrometheusMemoryMetrics'] as const) : []),
    ...(found.fromApi ? (['NoPrometheusPods'] as const) : []),
  ]
}
