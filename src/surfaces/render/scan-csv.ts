import type { Scan, ScanRow } from '../../model/recommendation.ts'
import { csvText } from './csv-text.ts'
import { csvHead, csvNames } from './csv-names.ts'
import type { CsvOptions } from './csv-names.ts'
import { krrQuantity } from './krr-quantity.ts'

const RESOURCES = ['cpu', 'memory'] as const
type Resource = (typeof RESOURCES)[number]

/** krr's `csv`, byte for byte: texts for people, and blanks where a workload goes on. Withheld rows are not in it, as in krr. */
export function scanCsv(scan: Scan, options: CsvOptions = {}): string {
  const head = csvHead(
    options,
    ['CPU', 'Memory'].flatMap((name) => [`${name} Diff`, `${name} Requests`, `${name} Limits`]),
  )
  const lines = scan.rows.map((row, index) => {
    const before = scan.rows[index - 1]
    // krr does not look at the kind here.
    const goesOn = before !== undefined && nameOf(before) === nameOf(row)
    return csvNames(
      row,
      { ...options, cluster: scan.cluster.name, goesOn },
      RESOURCES.flatMap((each) => amounts(row, each)),
    )
  })
  return csvText([head, ...lines])
}

const nameOf = ({ container }: ScanRow): string => `${container.namespace} ${container.name}`

function amounts(row: ScanRow, resource: Resource): readonly string[] {
  const running = row.pods.filter((pod) => !pod.deleted).length
  return [difference(row, resource, running), change(row, resource, 'requests'), change(row, resource, 'limits')]
}

function change(row: ScanRow, resource: Resource, part: 'requests' | 'limits'): string {
  const current = row.container.allocations[part][resource]
  const recommended = row[part][resource].value
  if (current === null && recommended === null) return 'unset'
  const by = part === 'requests' ? difference(row, resource, 1) : ''
  return `${by === '' ? '' : `(${by}) `}${krrQuantity(current)} -> ${krrQuantity(recommended)}`
}

/** Of the requests, times so many pods; what is not set counts as nothing. */
function difference(row: ScanRow, resource: Resource, pods: number): string {
  const current = row.container.allocations.requests[resource]
  const recommended = row.requests[resource].value
  if (recommended === '?') return ''
  const by = (recommended ?? 0) - (typeof current === 'number' ? current : 0)
  return `${by >= 0 ? '+' : '-'}${krrQuantity(Math.abs(by) * pods)}`
}
