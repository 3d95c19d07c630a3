import type { Recommended, Scan, ScanRow, Severity } from '../../model/recommendation.ts'
import { cpuText, memoryText } from './resource-text.ts'

const SEVERITIES: readonly Severity[] = ['CRITICAL', 'WARNING', 'OK', 'GOOD', 'UNKNOWN']

/** The lines under a scan's table: how many of what, sums over running pods, and what to know about the numbers. */
export function scanTotals(scan: Scan): readonly string[] {
  const counts = SEVERITIES.map(
    (severity) => [severity, scan.rows.filter((row) => row.severity === severity).length] as const,
  )
  const some = counts.filter(([, count]) => count > 0).map(([severity, count]) => `${count} ${severity}`)
  const withheld = scan.withheld.length === 0 ? '' : `; ${scan.withheld.length} withheld`
  return [
    `${scan.rows.length} containers${some.length === 0 ? '' : ` (${some.join(', ')})`}${withheld}; score ${scan.score} of 100`,
    sumLine(scan.rows, 'cpu', cpuText),
    sumLine(scan.rows, 'memory', memoryText),
    ...(scan.binding.kind === 'unbound'
      ? [`Not tied to this cluster, so no plan can be made: ${scan.binding.reason}`]
      : []),
  ]
}

/** Rows without one of the two numbers are left out of both sums: a sum of some against a sum of all would mislead. */
function sumLine(rows: readonly ScanRow[], resource: 'cpu' | 'memory', text: (value: number) => string): string {
  const names = { cpu: 'CPU', memory: 'Memory' } as const
  const both = rows.flatMap((row) => {
    const current: Recommended = row.container.allocations.requests[resource]
    const recommended = row.requests[resource].value
    const running = row.pods.filter((pod) => !pod.deleted).length
    return typeof current === 'number' && typeof recommended === 'number' ? [{ current, recommended, running }] : []
  })
  const sum = (of: 'current' | 'recommended'): number =>
    both.reduce((total, each) => total + each[of] * each.running, 0)
  return (
    `${names[resource]} requests of running pods: ${text(sum('current'))} → ${text(sum('recommended'))} ` +
    `(${both.length} of ${rows.length} rows have both a request and a recommendation)`
  )
}
