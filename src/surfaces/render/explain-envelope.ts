import type { ResourceEvidence, Scan, ScanRow, WithheldRow } from '../../model/recommendation.ts'
import { isoTime } from '../../model/time.ts'
import { containerText } from './container-text.ts'
import { forTool, type Envelope } from './envelope.ts'
import { DEVIATION_WORDS } from './mark-words.ts'
import { plainText } from '../../model/plain-text.ts'
import type { Inspected } from './explain-text.ts'
import { sparkline } from './sparkline.ts'
import { usageFigures } from './usage-figures.ts'
import { backtestSentences, detailSentences } from './usage-sentences.ts'
import { scanRowData, withheldRowData } from './scan-row-data.ts'

const MOST_PODS = 20

const evidence = (
  { queries, windowSeconds, stepSeconds, points, perPod, rule, seen }: ResourceEvidence,
  unit: string,
): Readonly<Record<string, unknown>> => ({
  rule: plainText(rule, 1000),
  window_hours: windowSeconds / 3600,
  step_seconds: stepSeconds,
  ...(seen
    ? {
        data_from: isoTime(seen.from * 1000),
        data_to: isoTime(seen.to * 1000),
        data_covers_percent: Math.round(seen.covered * 100),
        scrape_interval_seconds: seen.scrapeSeconds,
      }
    : {}),
  samples: { counted: points.counted, in_hours: points.windowSeconds / 3600, required: points.required },
  [`per_pod_${unit}`]: perPod.slice(0, MOST_PODS).map(({ pod, value, job }) => ({
    pod: plainText(pod, 253),
    value,
    ...(job === undefined ? {} : { job: plainText(job, 100) }),
  })),
  pods_not_shown: Math.max(0, perPod.length - MOST_PODS),
  queries: queries.map(({ purpose, promql }) => ({ purpose, promql: plainText(promql, 2000) })),
})

const cluster = ({ cluster: { name, source } }: Scan): { name: string; source: string } => ({
  name: plainText(name, 80),
  source,
})

const CHART_WIDTH = 48
function overTime(values: readonly (number | null)[], unit: string): Readonly<Record<string, unknown>> {
  const figures = usageFigures(values)
  return figures ? { [`usage_${unit}`]: figures, chart: sparkline(values, CHART_WIDTH) } : {}
}
/** Said apart from the numbers: it was asked now, about then. */
function inspectedData({ details, backtest, history, problem }: InspectedOrNot): Readonly<Record<string, unknown>> {
  return {
    ...(details ? { in_this_window: detailSentences(details) } : {}),
    ...(backtest ? { with_these_values: backtestSentences(backtest) } : {}),
    ...(history
      ? { over_time: { cpu: overTime(history.cpu, 'cores'), memory: overTime(history.memory, 'bytes') } }
      : {}),
    ...(problem === undefined ? {} : { more_could_not_be_read: plainText(problem, 300) }),
  }
}
export interface InspectedOrNot extends Inspected {
  /** Why there is nothing. */
  readonly problem?: string
}

/** Why a row's numbers are what they are. */
export const explainEnvelope = (scan: Scan, row: ScanRow, inspected: InspectedOrNot = {}): Envelope => ({
  status: 'done',
  headline: `Row ${row.row} of ${scan.id}: ${containerText(row.container)} in ${plainText(row.container.namespace, 63)}.`,
  cluster: cluster(scan),
  changed_cluster: 'no',
  next: [forTool('preview_changes', { scan_id: scan.id, rows: [row.row] })],
  data: {
    scan_id: scan.id,
    ...scanRowData(row),
    evaluated_at: isoTime(scan.evaluatedAt * 1000),
    prometheus: scan.prometheus.origin,
    ...(scan.engine.name === 'krr' ? { computed_by: `krr ${plainText(scan.engine.version, 40)}` } : {}),
    ...(row.marks.length === 0 ? {} : { notes: row.marks.map(({ text }) => plainText(text, 500)) }),
    ...(row.deviations.length === 0 ? {} : { other_than_krr: row.deviations.map((each) => DEVIATION_WORDS[each]) }),
    ...inspectedData(inspected),
    cpu: evidence(row.evidence.cpu, 'cores'),
    memory: evidence(row.evidence.memory, 'bytes'),
  },
})

export const withheldEnvelope = (scan: Scan, row: WithheldRow): Envelope => ({
  status: 'done',
  headline: `Row ${row.row} of ${scan.id} has no recommendation: ${plainText(row.reason, 300)}`,
  cluster: cluster(scan),
  changed_cluster: 'no',
  next: [],
  data: { scan_id: scan.id, ...withheldRowData(row) },
})
