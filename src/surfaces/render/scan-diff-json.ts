import type { AddedRow, ComparedScan, GoneRow, MovedRow, MovedValue, ScanDiff } from '../../model/scan-diff.ts'
import { isoTime } from '../../model/time.ts'
import type { ContainerRef } from '../../model/workload.ts'

/** Cores or bytes as the key says; null: not set, "?": withheld. */
type Value = Readonly<Record<string, string | number | null>>
interface Named extends ContainerRef {
  readonly row: number
}
/** What moved between two scans, for a program. Severities are `[before, after]`. */
export interface ScanDiffJson {
  readonly before: { readonly scan_id: string; readonly evaluated_at: string }
  readonly after: { readonly scan_id: string; readonly evaluated_at: string }
  readonly same: number
  readonly unlike: readonly string[]
  readonly moved: readonly (Named & {
    readonly pods: number
    readonly severity: readonly [string, string]
    readonly values: readonly Value[]
  })[]
  readonly added: readonly (Named & { readonly severity: string; readonly was_withheld: boolean })[]
  readonly gone: readonly (Named & { readonly severity: string; readonly withheld_now: string | null })[]
}

export const scanDiffJson = ({ before, after, same, unlike, moved, added, gone }: ScanDiff): ScanDiffJson => ({
  before: comparedJson(before),
  after: comparedJson(after),
  same,
  unlike,
  moved: moved.map((row) => ({
    ...named(row),
    pods: row.pods,
    severity: [row.severity.before, row.severity.after],
    values: row.values.map(valueJson),
  })),
  added: added.map((row) => ({ ...named(row), severity: row.severity, was_withheld: row.wasWithheld })),
  gone: gone.map((row) => ({ ...named(row), severity: row.severity, withheld_now: row.withheld })),
})

const comparedJson = ({ id, evaluatedAt }: ComparedScan): ScanDiffJson['before'] => ({
  scan_id: id,
  evaluated_at: isoTime(evaluatedAt * 1000),
})

const named = ({ row, container: { kind, namespace, name, container } }: MovedRow | AddedRow | GoneRow): Named => ({
  row,
  kind,
  namespace,
  name,
  container,
})

function valueJson({ what, part, resource, before, after, by }: MovedValue): Value {
  const unit = resource === 'cpu' ? 'cores' : 'bytes'
  return { what, part, resource, [`before_${unit}`]: before, [`after_${unit}`]: after, [`by_${unit}`]: by }
}
