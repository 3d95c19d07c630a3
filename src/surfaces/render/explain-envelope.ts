import type { ResourceEvidence, Scan, ScanRow, WithheldRow } from '../../model/recommendation.ts'
import { isoTime } from '../../model/time.ts'
import { containerText } from './container-text.ts'
import { forTool, type Envelope } from './envelope.ts'
import { plainText } from '../../model/plain-text.ts'
import { scanRowData, withheldRowData } from './scan-row-data.ts'

const MOST_PODS = 20

const evidence = (
  { queries, windowSeconds, stepSeconds, points, perPod, rule }: ResourceEvidence,
  unit: string,
): Readonly<Record<string, unknown>> => ({
  rule: plainText(rule, 1000),
  window_hours: windowSeconds / 3600,
  step_seconds: stepSeconds,
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

/** Why a row's numbers are what they are. */
export const explainEnvelope = (scan: Scan, row: ScanRow): Envelope => ({
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
