import { problem } from '../model/problem.ts'
import type { Scan, ScanRow } from '../model/recommendation.ts'
import { failed, ok } from '../model/result.ts'
import type { Result } from '../model/result.ts'
import type { AddedRow, ComparedScan, GoneRow, MovedRow, ScanDiff } from '../model/scan-diff.ts'
import { rowWeight } from './diff/row-weight.ts'
import { movedValues } from './diff/moved-values.ts'
import { unlikeScans } from './diff/unlike-scans.ts'
import { containerKey } from './krr/match-rows.ts'

/**
 * What moved from one scan to a later one. Rows are the same when kind, namespace, name and container are: a workload made
 * anew under its old name has not moved. Fails with `other_cluster` where the two are not about one cluster.
 */
export function scanDiff(before: Scan, after: Scan): Result<ScanDiff> {
  // Why: the same names stand in many clusters, and the difference between two of those would look like a change of one.
  if (before.cluster.fingerprint.kubeSystemUid !== after.cluster.fingerprint.kubeSystemUid) {
    return failed(
      problem(
        'other_cluster',
        `Scan ${before.id} and scan ${after.id} are of two clusters, so nothing can have moved between them.`,
        'Choose a scan of this cluster: the history lists them.',
      ),
    )
  }
  const [old, now] = [byKey(before.rows), byKey(after.rows)]
  const both = after.rows.flatMap((row) => {
    const was = old.get(containerKey(row.container))
    return was ? [{ was, row }] : []
  })
  const moved = both.filter(({ was, row }) => movedValues(was, row).length > 0 || was.severity !== row.severity)
  return ok({
    before: compared(before),
    after: compared(after),
    moved: sorted(moved, ({ was, row }) => rowWeight(row, was)).map(({ was, row }) => movedRow(was, row)),
    added: addedRows(
      before,
      after.rows.filter((row) => !old.has(containerKey(row.container))),
    ),
    gone: goneRows(
      after,
      before.rows.filter((row) => !now.has(containerKey(row.container))),
    ),
    same: both.length - moved.length,
    unlike: unlikeScans(before, after),
  })
}

const byKey = (rows: readonly ScanRow[]): ReadonlyMap<string, ScanRow> =>
  new Map(rows.map((row) => [containerKey(row.container), row]))

const compared = ({ id, evaluatedAt }: Scan): ComparedScan => ({ id, evaluatedAt })

const sorted = <Item>(items: readonly Item[], weight: (item: Item) => number): readonly Item[] =>
  items
    .map((item) => ({ item, weight: weight(item) }))
    .toSorted((a, b) => b.weight - a.weight)
    .map(({ item }) => item)

function movedRow(was: ScanRow, row: ScanRow): MovedRow {
  return {
    ...named(row),
    pods: row.pods.filter(({ deleted }) => !deleted).length,
    values: movedValues(was, row),
    severity: { before: was.severity, after: row.severity },
  }
}

function addedRows({ withheld }: Scan, rows: readonly ScanRow[]): readonly AddedRow[] {
  const before = new Set(withheld.map(({ container }) => containerKey(container)))
  return sorted(rows, (row) => rowWeight(row)).map((row) => ({
    ...named(row),
    severity: row.severity,
    wasWithheld: before.has(containerKey(row.container)),
  }))
}

function goneRows({ withheld }: Scan, rows: readonly ScanRow[]): readonly GoneRow[] {
  const now = new Map(withheld.map(({ container, reason }) => [containerKey(container), reason]))
  return sorted(rows, (row) => rowWeight(row)).map((row) => ({
    ...named(row),
    severity: row.severity,
    withheld: now.get(containerKey(row.container)) ?? null,
  }))
}

function named({ row, container: { kind, namespace, name, container } }: ScanRow): Pick<MovedRow, 'container' | 'row'> {
  return { row, container: { kind, namespace, name, container } }
}
