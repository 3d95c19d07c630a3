import type { PodEvidence, ResourceEvidence, Scan, ScanRow } from '../../model/recommendation.ts'
import { isoTime } from '../../model/time.ts'
import { containerText } from './container-text.ts'
import { plainText } from '../../model/plain-text.ts'
import { cpuText, memoryText } from './resource-text.ts'

const MOST_PODS = 20
type Resource = 'cpu' | 'memory'

/** Why a row says what it says, for a person: per resource the rule, the values it rests on, and the queries. */
export function explainText(scan: Scan, row: ScanRow): string {
  const { container } = row
  const running = row.pods.filter((pod) => !pod.deleted).length
  return [
    `${scan.id} row ${row.row}: ${containerText(container)} in ${plainText(container.namespace)}, ${row.severity}`,
    `As of ${isoTime(scan.evaluatedAt * 1000)}, from ${plainText(scan.prometheus.origin)}; ${row.pods.length} pods, ${running} of them running`,
    ...warningLines(row),
    '',
    ...resourceLines(row, 'cpu'),
    '',
    ...resourceLines(row, 'memory'),
  ].join('\n')
}

function resourceLines(row: ScanRow, resource: Resource): readonly string[] {
  const text = resource === 'cpu' ? cpuText : memoryText
  const { requests, limits } = row.container.allocations
  const evidence = row.evidence[resource]
  return [
    resource === 'cpu' ? 'CPU' : 'Memory',
    `  request  ${text(requests[resource])} → ${text(row.requests[resource].value)}`,
    `  limit    ${text(limits[resource])} → ${text(row.limits[resource].value)}`,
    `  rule     ${plainText(evidence.rule, 1000)}`,
    `  window   ${windowText(evidence)}`,
    `  samples  ${samplesText(evidence)}`,
    ...podLines(evidence.perPod, text),
    ...evidence.queries.flatMap((query) => [
      `  query    ${plainText(query.purpose)}`,
      `           ${plainText(query.promql, 4000)}`,
    ]),
  ]
}

const windowText = ({ windowSeconds, stepSeconds }: ResourceEvidence): string =>
  `the last ${Number((windowSeconds / 3600).toFixed(2))} h, one point every ${stepSeconds} s`

function samplesText({ points, windowSeconds, perPod }: ResourceEvidence): string {
  if (perPod.length === 0) return `none; ${points.required} points are required`
  const few = points.windowSeconds < windowSeconds
  const counted = few
    ? `at least ${points.counted} points, counted in the last ${points.windowSeconds / 3600} h`
    : `${points.counted} points`
  return `${counted}; ${points.required} are required`
}

function podLines(pods: readonly PodEvidence[], text: (value: number) => string): readonly string[] {
  const highestFirst = pods.toSorted((a, b) => b.value - a.value)
  const lines = highestFirst
    .slice(0, MOST_PODS)
    .map(
      ({ pod, value, job }) =>
        `  pod      ${text(value)}  ${plainText(pod, 253)}${job === undefined ? '' : ` (job ${plainText(job)})`}`,
    )
  return pods.length > MOST_PODS ? [...lines, `  pod      … and ${pods.length - MOST_PODS} pods with less`] : lines
}

function warningLines({ warnings, evidence }: ScanRow): readonly string[] {
  return warnings.flatMap((warning) => {
    // krr says the same when it looked for OOM kills and saw none; that is nothing to warn of.
    if (warning === 'NoPrometheusMemoryMetrics' && evidence.memory.perPod.length > 0) return []
    return [`Note: ${WARNINGS[warning]}`]
  })
}
const WARNINGS: Readonly<Record<ScanRow['warnings'][number], string>> = {
  NoPrometheusPods: 'the metrics do not know these pods; their names come from the cluster',
  NoPrometheusCPUMetrics: 'the metrics have no CPU usage of it',
  NoPrometheusMemoryMetrics: 'the metrics have no memory usage of it',
}
