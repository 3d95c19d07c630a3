import type { ScanRow } from '../../model/recommendation.ts'
import { foreignCell } from './csv-text.ts'

export interface CsvOptions {
  /** krr's `--show-cluster-name`: a first column with the context's name. */
  readonly showClusterName?: boolean
  /** krr's `--exclude-severity`: no column of severities. */
  readonly excludeSeverity?: boolean
}

const NAMES = ['Namespace', 'Name', 'Pods', 'Old Pods', 'Type', 'Container'] as const

/** The columns of krr's two CSV formats: what they have in common, then these. */
export const csvHead = (
  { showClusterName = false, excludeSeverity = false }: CsvOptions,
  columns: readonly string[],
): readonly string[] => [
  ...(showClusterName ? ['Cluster'] : []),
  ...NAMES,
  ...(excludeSeverity ? [] : ['Severity']),
  ...columns,
]

export interface CsvRow extends CsvOptions {
  readonly cluster: string
  /** The row before is of the same workload, so its name is not repeated. */
  readonly goesOn?: boolean
}
/** A line under that head. */
export function csvNames(row: ScanRow, options: CsvRow, amounts: readonly string[]): readonly string[] {
  const { showClusterName = false, excludeSeverity = false, cluster, goesOn = false } = options
  const { namespace, name, kind, container } = row.container
  const old = row.pods.filter((pod) => pod.deleted).length
  const workload = [foreignCell(namespace), foreignCell(name), String(row.pods.length - old), String(old), kind]
  return [
    ...(showClusterName ? [foreignCell(cluster)] : []),
    ...(goesOn ? workload.map(() => '') : workload),
    foreignCell(container),
    ...(excludeSeverity ? [] : [row.severity]),
    ...amounts,
  ]
}
