import { markup } from './markup.ts'
import type { Markup } from './markup.ts'
import { REPORT_COLUMNS } from './report-columns.ts'
import type { ReportRow } from './report-columns.ts'
import { reportDetails } from './report-details.ts'

/** A row and its details: they are sorted and filtered together, so they are one body of the table. */
export function reportRow(shown: ReportRow): Markup {
  const { row } = shown
  const cells = REPORT_COLUMNS.map(({ key, cell, sort }) =>
    sort === undefined ? markup`<td>${cell(shown)}</td>` : markup`<td data-k="${key(row) ?? ''}">${cell(shown)}</td>`,
  )
  return markup`<tbody data-severity="${row.severity}" data-namespace="${row.container.namespace}"><tr>${cells}</tr><tr class="details" id="d${row.row}"><td colspan="${REPORT_COLUMNS.length}">${reportDetails(shown)}</td></tr></tbody>
`
}
