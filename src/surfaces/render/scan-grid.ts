import Table from 'cli-table3'
import { plainText } from '../../model/plain-text.ts'
import type { Scan, ScanRow } from '../../model/recommendation.ts'
import { containerText } from './container-text.ts'
import { rowChange } from './row-change.ts'
import type { ScanLook } from './scan-look.ts'
import { severityColour } from './severity-colour.ts'
import { severityText } from './severity-text.ts'
import { usageBar } from './usage-bar.ts'

const BAR = 16

export interface Drawn {
  readonly text: string
  /** Columns of the terminal that it takes. */
  readonly width: number
}

/** The rows of a scan as a table with lines: for a terminal that is wide enough. */
export function scanGrid(scan: Scan, look: ScanLook): Drawn {
  const columns = columnsOf(scan, look)
  const table = new Table({
    head: columns.map(({ head }) => head),
    style: { head: look.colour ? ['bold'] : [], border: [], compact: true },
  })
  for (const row of scan.rows) table.push(columns.map(({ cell }) => cell(row)))
  return { text: table.toString(), width: table.width }
}

interface Column {
  readonly head: string
  readonly cell: (row: ScanRow) => string
}

function columnsOf(scan: Scan, { colour, notes, usage }: ScanLook): readonly Column[] {
  const change = (part: 'requests' | 'limits', resource: 'cpu' | 'memory') => (row: ScanRow) => {
    const { text, severity } = rowChange(row, part, resource)
    return severityColour(text, severity, colour)
  }
  const bars = (head: string, resource: 'cpu' | 'memory'): readonly Column[] =>
    usage ? [{ head, cell: ({ row }) => usageBar(usage.get(row), resource, BAR) }] : []
  return [
    { head: '#', cell: ({ row }) => String(row) },
    { head: 'Namespace', cell: ({ container }) => plainText(container.namespace, 63) },
    { head: 'Workload', cell: ({ container }) => containerText(container) },
    { head: 'CPU request', cell: change('requests', 'cpu') },
    ...(hasCpuLimits(scan) ? [{ head: 'CPU limit', cell: change('limits', 'cpu') }] : []),
    ...bars('CPU usage, peak', 'cpu'),
    { head: 'Memory request', cell: change('requests', 'memory') },
    { head: 'Memory limit', cell: change('limits', 'memory') },
    ...bars('Memory usage, peak', 'memory'),
    { head: 'Severity', cell: (row) => `${severityText(row.severity, colour)} ${notes.of(row)}`.trimEnd() },
  ]
}

/** A CPU limit is worth a column only where somebody has set one, or the strategy does: `simple` always says "unset". */
const hasCpuLimits = ({ rows }: Scan): boolean =>
  rows.some((row) => row.container.allocations.limits.cpu !== null || typeof row.limits.cpu.value === 'number')
