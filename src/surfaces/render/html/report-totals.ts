import type { Scan, Severity } from '../../../model/recommendation.ts'
import { percentChange } from '../percent-change.ts'
import { requestSums } from '../request-sums.ts'
import { cpuText, memoryText } from '../resource-text.ts'
import { markup, NOTHING } from './markup.ts'
import type { Markup } from './markup.ts'

export const SEVERITIES: readonly Severity[] = ['CRITICAL', 'WARNING', 'OK', 'GOOD', 'UNKNOWN']

/** What a scan comes to: how many of what, and the requests of all running pods. */
export function reportTotals(scan: Scan): Markup {
  const counted = SEVERITIES.map(
    (severity) => [severity, scan.rows.filter((row) => row.severity === severity).length] as const,
  ).filter(([, count]) => count > 0)
  return markup`<dl class="totals"><div><dt>Containers</dt><dd>${scan.rows.length} ${scan.withheld.length > 0 ? `+ ${scan.withheld.length} withheld` : ''}</dd><dd class="small">${counted.map(([severity, count]) => markup`<span class="tag ${severity}">${count} ${severity}</span> `)}</dd></div>${sums(scan, 'cpu')}${sums(scan, 'memory')}${scan.rows.length === 0 ? NOTHING : markup`<div><dt>Score</dt><dd>${scan.score} of 100</dd><dd class="small">krr’s: 100 means nothing to change</dd></div>`}</dl>`
}

function sums(scan: Scan, resource: 'cpu' | 'memory'): Markup {
  const { current, recommended, rows } = requestSums(scan.rows, resource)
  const text = resource === 'cpu' ? cpuText : memoryText
  const percent = percentChange(current, recommended)
  const by = percent === null ? '' : `(${percent < 0 ? '−' : '+'}${Math.abs(percent)} %)`
  return markup`<div><dt>${resource === 'cpu' ? 'CPU' : 'Memory'} requests of running pods</dt><dd>${text(current)} → ${text(recommended)} ${by}</dd><dd class="small">of ${rows} of ${scan.rows.length} rows, which have both values</dd></div>`
}
