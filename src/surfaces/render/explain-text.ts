import type { PodEvidence, ResourceEvidence, Scan, ScanRow } from '../../model/recommendation.ts'
import type { Backtest, UsageDetails, UsageHistory } from '../../model/usage-history.ts'
import { isoTime } from '../../model/time.ts'
import { containerText } from './container-text.ts'
import { plainText } from '../../model/plain-text.ts'
import { DEVIATION_WORDS } from './mark-words.ts'
import { cpuText, memoryText } from './resource-text.ts'
import { sparkline } from './sparkline.ts'
import { usageFigures } from './usage-figures.ts'
import { backtestSentences, detailSentences } from './usage-sentences.ts'

const MOST_PODS = 20
type Resource = 'cpu' | 'memory'

/** What the metrics say beyond the scan; absent where they were not asked. */
export interface Inspected {
  readonly details?: UsageDetails
  readonly history?: UsageHistory
  readonly backtest?: Backtest
}

/** Why a row says what it says, for a person: per resource the rule, the values it rests on, and the queries. */
export function explainText(scan: Scan, row: ScanRow, inspected: Inspected = {}): string {
  const { container } = row
  const running = row.pods.filter((pod) => !pod.deleted).length
  return [
    `${scan.id} row ${row.row}: ${containerText(container)} in ${plainText(container.namespace)}, ${row.severity}`,
    `As of ${isoTime(scan.evaluatedAt * 1000)}, from ${plainText(scan.prometheus.origin)}; ${row.pods.length} pods, ${running} of them running`,
    ...(scan.engine.name === 'krr' ? [`Computed by krr ${plainText(scan.engine.version, 40)}`] : []),
    ...warningLines(row),
    ...row.marks.map(({ text }) => `Note: ${plainText(text, 500)}`),
    ...row.deviations.map((each) => `Other than krr: ${DEVIATION_WORDS[each]}`),
    ...inspectedLines(inspected),
    '',
    ...resourceLines(row, 'cpu', inspected.history),
    '',
    ...resourceLines(row, 'memory', inspected.history),
  ].join('\n')
}

const inspectedLines = ({ details, backtest }: Inspected): readonly string[] => [
  ...(details ? [`In this window: ${detailSentences(details).join('; ') || 'the metrics say nothing more'}`] : []),
  ...(backtest ? [`With these values: ${backtestSentences(backtest).join('; ') || 'nothing to compare'}`] : []),
]

function resourceLines(row: ScanRow, resource: Resource, history: UsageHistory | undefined): readonly string[] {
  const text = resource === 'cpu' ? cpuText : memoryText
  const { requests, limits } = row.container.allocations
  const evidence = row.evidence[resource]
  return [
    resource === 'cpu' ? 'CPU' : 'Memory',
    `  request  ${text(requests[resource])} → ${text(row.requests[resource].value)}`,
    `  limit    ${text(limits[resource])} → ${text(row.limits[resource].value)}`,
    `  rule     ${plainText(evidence.rule, 1000)}`,
    `  window   ${windowText(evidence)}`,
    ...seenLines(evidence),
    `  samples  ${samplesText(evidence)}`,
    ...usageLines(history?.[resource] ?? [], text),
    ...podLines(evidence.perPod, text),
    ...evidence.queries.flatMap((query) => [
      `  query    ${plainText(query.purpose)}`,
      `           ${plainText(query.promql, 4000)}`,
    ]),
  ]
}

const windowText = ({ windowSeconds, stepSeconds }: ResourceEvidence): string =>
  `the last ${Number((windowSeconds / 3600).toFixed(2))} h, one point every ${stepSeconds} s`

/** The window is what was asked for; this is what there was. */
function seenLines({ seen }: ResourceEvidence): readonly string[] {
  if (!seen) return []
  const every = seen.scrapeSeconds === null ? '' : `, a sample every ${seen.scrapeSeconds} s`
  const share = `${Math.round(seen.covered * 100)} % of it`
  return [`  data     ${isoTime(seen.from * 1000)} to ${isoTime(seen.to * 1000)}, ${share}${every}`]
}

const CHART_WIDTH = 60
function usageLines(values: readonly (number | null)[], text: (value: number) => string): readonly string[] {
  const figures = usageFigures(values)
  if (!figures) return []
  const { min, p95, peak } = figures
  return [
    `  usage    ${sparkline(values, CHART_WIDTH)}`,
    `           min ${text(min)}, p95 ${text(p95)}, peak ${text(peak)}`,
  ]
}

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
