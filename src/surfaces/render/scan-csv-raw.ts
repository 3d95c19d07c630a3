import type { Allocated } from '../../model/observation.ts'
import type { Recommended, Scan, ScanRow } from '../../model/recommendation.ts'
import { csvHead, csvNames } from './csv-names.ts'
import type { CsvOptions } from './csv-names.ts'
import { csvText } from './csv-text.ts'
import { pythonFloat } from './python-float.ts'

const COLUMNS = ['CPU', 'Memory'].flatMap((resource) =>
  ['Requests', 'Limits'].flatMap((part) => ['Current', 'Recommended'].map((what) => `${resource} ${part} ${what}`)),
)

/** krr's `csv-raw`, byte for byte: cores and bytes as plain numbers. Withheld rows are not in it, as in krr. */
export const scanCsvRaw = (scan: Scan, options: CsvOptions = {}): string =>
  csvText([
    csvHead(options, COLUMNS),
    ...scan.rows.map((row) => csvNames(row, { ...options, cluster: scan.cluster.name }, amounts(row))),
  ])

const amounts = (row: ScanRow): readonly string[] =>
  (['cpu', 'memory'] as const).flatMap((resource) =>
    (['requests', 'limits'] as const).flatMap((part) => [
      number(row.container.allocations[part][resource]),
      number(row[part][resource].value),
    ]),
  )

function number(value: Allocated<number> | Recommended): string {
  if (value === null) return 'unset'
  if (value === '?') return value
  return Number.isInteger(value) ? BigInt(value).toString() : pythonFloat(value)
}
