import type { Scan, ScanRow, Severity } from '../../model/recommendation.ts'
import { counted } from './counted.ts'
import { requestSums } from './request-sums.ts'
import { cpuText, memoryText } from './resource-text.ts'

const SEVERITIES: readonly Severity[] = ['CRITICAL', 'WARNING', 'OK', 'GOOD', 'UNKNOWN']

/** The lines under a scan's table: how many of what, sums over running pods, and what to know about the numbers. */
export function scanTotals(scan: Scan): readonly string[] {
  const counts = SEVERITIES.map(
    (severity) => [severity, scan.rows.filter((row) => row.severity === severity).length] as const,
  )
  const some = counts.filter(([, count]) => count > 0).map(([severity, count]) => `${count} ${severity}`)
  const withheld = scan.withheld.length === 0 ? '' : `; ${scan.withheld.length} withheld`
  // krr gives 100 to nothing at all: beside kinds that could not be read that would sound like praise.
  const score = scan.rows.length === 0 ? '' : `; score ${scan.score} of 100`
  return [
    `${counted(scan.rows.length, 'container')}${some.length === 0 ? '' : ` (${some.join(', ')})`}${withheld}${score}`,
    sumLine(scan.rows, 'cpu', cpuText),
    sumLine(scan.rows, 'memory', memoryText),
    ...(scan.binding.kind === 'unbound'
      ? [`Not tied to this cluster, so no plan can be made: ${scan.binding.reason}`]
      : []),
  ]
}

function sumLine(rows: readonly ScanRow[], resource: 'cpu' | 'memory', text: (value: number) => string): string {
  const names = { cpu: 'CPU', memory: 'Memory' } as const
  const sums = requestSums(rows, resource)
  return (
    `${names[resource]} requests of running pods: ${text(sums.current)} → ${text(sums.recommended)} ` +
    `(${sums.rows} of ${rows.length} rows have both a request and a recommendation)`
  )
}
