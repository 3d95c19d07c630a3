import { plainText } from '../../model/plain-text.ts'
import type { Scan, ScanRow } from '../../model/recommendation.ts'
import { containerText } from './container-text.ts'
import { rowChange } from './row-change.ts'
import type { ScanLook } from './scan-look.ts'
import { severityColour } from './severity-colour.ts'
import { severityText } from './severity-text.ts'
import { usageBar } from './usage-bar.ts'

const BAR = 12

/** The rows of a scan one under another, three lines each: for a terminal too narrow for the table. */
export const scanList = (scan: Scan, look: ScanLook): string =>
  scan.rows.flatMap((row) => linesOf(row, look)).join('\n')

function linesOf(row: ScanRow, look: ScanLook): readonly string[] {
  const { colour, notes } = look
  const severity = `${severityText(row.severity, colour)} ${notes.of(row)}`.trimEnd()
  return [
    `${String(row.row).padStart(3)}  ${plainText(row.container.namespace, 63)} ${containerText(row.container)}  ${severity}`,
    resourceLine(row, 'cpu', look),
    resourceLine(row, 'memory', look),
  ]
}

function resourceLine(row: ScanRow, resource: 'cpu' | 'memory', { colour, usage }: ScanLook): string {
  const cell = (part: 'requests' | 'limits', width: number): string => {
    const { text, severity } = rowChange(row, part, resource)
    // Padded before it is coloured: escapes take no columns.
    return severityColour(text, severity, colour) + ' '.repeat(Math.max(0, width - text.length))
  }
  const bar = usageBar(usage?.get(row.row), resource, BAR)
  const name = resource === 'cpu' ? 'CPU   ' : 'Memory'
  return `     ${name}  ${cell('requests', 18)}  limit ${cell('limits', 16)}  ${bar}`.trimEnd()
}
