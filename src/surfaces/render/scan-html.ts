import { createHash } from 'node:crypto'
import type { Scan } from '../../model/recommendation.ts'
import type { UsageHistory } from '../../model/usage-history.ts'
import { footnotes } from './footnotes.ts'
import { chartAxes } from './html/chart-axes.ts'
import { markup, NOTHING } from './html/markup.ts'
import type { Markup } from './html/markup.ts'
import { PAGE_SCRIPT } from './html/page-script.ts'
import { PAGE_STYLE } from './html/page-style.ts'
import { REPORT_COLUMNS } from './html/report-columns.ts'
import type { ReportColumn } from './html/report-columns.ts'
import { reportFilters } from './html/report-filters.ts'
import { reportHead } from './html/report-head.ts'
import { reportNotes } from './html/report-notes.ts'
import { reportRow } from './html/report-row.ts'
import { reportTotals } from './html/report-totals.ts'

const hashOf = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`
// Why so strict: the page is full of text of the cluster's. Even if some of it became markup, nothing could run or be sent.
const POLICY = `default-src 'none'; style-src ${hashOf(PAGE_STYLE)}; script-src ${hashOf(PAGE_SCRIPT)}; base-uri 'none'; form-action 'none'`

const MANY_ROWS = 400
const FEW_POINTS = 84

/**
 * A scan as one page: nothing is loaded, from nowhere. Rows can be sorted, filtered and opened; a row opened shows its usage
 * (by row number in `usage`; rows without are shown without), and how each number came about.
 */
export function scanHtml(scan: Scan, usage: ReadonlyMap<number, UsageHistory>): string {
  const notes = footnotes(scan)
  // A mail takes some megabytes: the charts of a large scan are half as fine, and no peak is lost.
  const points = scan.rows.length > MANY_ROWS ? FEW_POINTS : Infinity
  const rows = scan.rows.map((row) => reportRow({ row, usage: usage.get(row.row), notes: notes.of(row), points }))
  const style: Markup = { html: PAGE_STYLE }
  const script: Markup = { html: PAGE_SCRIPT }
  return markup`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${POLICY}"><meta name="viewport" content="width=device-width"><meta name="referrer" content="no-referrer"><title>Right-sizing of ${scan.cluster.name}, scan ${scan.id}</title><style>${style}</style><script>${script}</script></head><body>
${reportHead(scan)}
<main>${reportTotals(scan)}
${reportFilters(scan)}
<div class="scroll" role="region" aria-label="Recommendations" tabindex="0"><table><caption>Current → recommended, per pod. “All pods” is the change of requests times the running pods. Open a workload for its usage, and for how its numbers came about.</caption><thead><tr>${REPORT_COLUMNS.map(headOf)}</tr></thead>
${rows}</table></div>
${usage.size > 0 ? chartAxes(usage.values()) : NOTHING}
${reportNotes(scan, notes)}</main></body></html>
`.html
}

function headOf({ head, number, sort }: ReportColumn): Markup {
  if (sort === undefined) return markup`<th scope="col">${head}</th>`
  const button = markup`<button type="button">${head}</button>`
  return number
    ? markup`<th scope="col" class="n" aria-sort="none" data-numbers="${sort}">${button}</th>`
    : markup`<th scope="col" aria-sort="none" data-numbers="${sort}">${button}</th>`
}
