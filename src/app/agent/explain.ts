import { problem } from '../../model/problem.ts'
import type { Scan, ScanRow, WithheldRow } from '../../model/recommendation.ts'
import { failed, ok, type Result } from '../../model/result.ts'
import type { AppPorts } from '../common/app-ports.ts'
import { loadScan } from '../common/load.ts'

export interface ExplainRequest {
  readonly scan: string | undefined
  readonly row: number
}
export type Explanation =
  | { readonly kind: 'recommended'; readonly scan: Scan; readonly row: ScanRow }
  | { readonly kind: 'withheld'; readonly scan: Scan; readonly row: WithheldRow }

/** Why a row's numbers are what they are, from the stored scan alone. */
export async function explainRow({ scan: typed, row }: ExplainRequest, ports: AppPorts): Promise<Result<Explanation>> {
  const scan = await loadScan(typed, ports)
  if (!scan.ok) return scan
  const found = scan.value.rows.find((each) => each.row === row)
  if (found) return ok({ kind: 'recommended', scan: scan.value, row: found })
  const withheld = scan.value.withheld.find((each) => each.row === row)
  if (withheld) return ok({ kind: 'withheld', scan: scan.value, row: withheld })
  const last = scan.value.rows.length + scan.value.withheld.length
  return failed(
    problem(
      'row_not_in_scan',
      `Scan ${scan.value.id} has no row ${row}; it has 1 to ${last}.`,
      'Choose a row of the scan.',
    ),
  )
}
