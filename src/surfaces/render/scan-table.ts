import Table from 'cli-table3'
import type { Scan, ScanRow } from '../../model/recommendation.ts'
import { containerText } from './container-text.ts'
import { plainText } from '../../model/plain-text.ts'
import { cpuText, memoryText } from './resource-text.ts'
import { scanTotals } from './scan-totals.ts'
import { severityText } from './severity-text.ts'
import { withheldText } from './withheld-text.ts'

export interface TableOptions {
  /** ANSI colours; only for a terminal that is known to show them. */
  readonly colour?: boolean
}

/** A scan for a terminal: one line per container, then what was withheld and could not be read, then totals. */
export function scanTable(scan: Scan, { colour = false }: TableOptions = {}): string {
  // A CPU limit is worth a column only where somebody has set one: `simple` always says "unset".
  const cpuLimits = scan.rows.some((row) => row.container.allocations.limits.cpu !== null)
  const table = new Table({
    head: [
      '#',
      'Namespace',
      'Workload',
      'CPU request',
      ...(cpuLimits ? ['CPU limit'] : []),
      'Memory request',
      'Memory limit',
      'Severity',
    ],
    style: { head: colour ? ['bold'] : [], border: [], compact: true },
  })
  for (const row of scan.rows) table.push(cellsOf(row, { cpuLimits, colour }))
  const lines = [table.toString(), ...scan.withheld.map(withheldText), ...unreadLines(scan), ...scanTotals(scan)]
  return lines.join('\n')
}

function cellsOf(
  row: ScanRow,
  { cpuLimits, colour }: { readonly cpuLimits: boolean; readonly colour: boolean },
): string[] {
  const { requests, limits } = row.container.allocations
  return [
    String(row.row),
    plainText(row.container.namespace, 63),
    containerText(row.container),
    change(cpuText(requests.cpu), cpuText(row.requests.cpu.value), row.info.cpu),
    ...(cpuLimits ? [change(cpuText(limits.cpu), cpuText(row.limits.cpu.value), row.info.cpu)] : []),
    change(memoryText(requests.memory), memoryText(row.requests.memory.value), row.info.memory),
    change(memoryText(limits.memory), memoryText(row.limits.memory.value), row.info.memory),
    severityText(row.severity, colour),
  ]
}

/** `250m → 100m`; `250m → ? (No data)` where nothing is recommended; `unset` where it is and stays so. */
function change(current: string, recommended: string, info: string | null): string {
  if (current === recommended && current === 'unset') return current
  const why = recommended === '?' && info !== null ? ` (${info})` : ''
  return `${current} → ${recommended}${why}`
}

const unreadLines = ({ unread }: Scan): readonly string[] =>
  unread
    .filter(({ reason }) => reason !== 'not_served')
    .map(({ kind, message }) => `${kind} could not be read, so the scan is without it: ${plainText(message)}`)
