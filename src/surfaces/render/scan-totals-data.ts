import { MEBIBYTE } from '../../model/quantity.ts'
import type { Scan } from '../../model/recommendation.ts'
import { percentChange } from './percent-change.ts'
import { requestSums } from './request-sums.ts'

function sumsOf(scan: Scan, resource: 'cpu' | 'memory'): Readonly<Record<string, unknown>> {
  const { current, recommended, rows } = requestSums(scan.rows, resource)
  const [name, unit] = resource === 'cpu' ? ['millicores', 0.001] : ['mib', MEBIBYTE]
  return {
    [`${resource}_request_${name}`]: [current, recommended].map((value) => Math.round(value / unit)),
    [`${resource}_request_change_percent`]: percentChange(current, recommended),
    [`${resource}_rows`]: rows,
  }
}

/** A scan in numbers for a model: how many of what, and the requests of all running pods, `[current, recommended]`. */
export const scanTotalsData = (scan: Scan): Readonly<Record<string, unknown>> => ({
  containers: scan.rows.length,
  withheld: scan.withheld.length,
  score_of_100: scan.score,
  by_severity: Object.fromEntries(
    [...Map.groupBy(scan.rows, (row) => row.severity)].map(([severity, rows]) => [severity, rows.length]),
  ),
  ...sumsOf(scan, 'cpu'),
  ...sumsOf(scan, 'memory'),
})
