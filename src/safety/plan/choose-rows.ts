import { problem, type Problem } from '../../model/problem.ts'
import type { Scan, ScanRow } from '../../model/recommendation.ts'
import { failed, ok, type Result } from '../../model/result.ts'
import { quoted } from '../../model/safe-text.ts'
import type { LeftOut } from './left-out.ts'
import type { PlanWish } from './plan-wish.ts'

export interface ChosenRows {
  readonly rows: readonly ScanRow[]
  readonly leftOut: readonly LeftOut[]
}

/** Why nothing can be planned from this scan; undefined when something can. */
function whyNotPlannable({ id, cluster, binding }: Scan): Problem | undefined {
  // A replay is somebody's recording: its workloads may not exist, its values were measured elsewhere.
  if (cluster.source === 'replay')
    return problem(
      'scan_not_plannable',
      `Scan ${id} is a replay of recorded data.`,
      'Scan a live cluster and choose from that scan.',
    )
  // Production's names in staging's metrics give perfectly reasonable wrong numbers.
  if (binding.kind === 'unbound')
    return problem(
      'scan_not_plannable',
      `The metrics of scan ${id} may be another cluster's: only ${binding.matched} of ${binding.running} running pods appear in them (${quoted(binding.reason)}).`,
      "Point --prometheus-url at this cluster's metrics and scan again.",
    )
  return undefined
}

/** The rows that were asked for, in the scan's order. An empty choice is refused, never taken for "all". */
export function chooseRows({ scan, rows, only }: PlanWish): Result<ChosenRows> {
  const why = whyNotPlannable(scan)
  if (why) return failed(why)
  const wanted = new Set(rows)
  if (wanted.size === 0 || only.length === 0)
    return failed(
      problem(
        'nothing_chosen',
        `No ${wanted.size === 0 ? 'rows' : 'fields'} of scan ${scan.id} were chosen.`,
        `Name ${wanted.size === 0 ? 'the rows by their numbers' : 'the fields'}; there is no choice that means "all".`,
      ),
    )
  const known = new Set([...scan.rows, ...scan.withheld].map((each) => each.row))
  const missing = [...wanted].filter((row) => !known.has(row))
  if (missing.length > 0)
    return failed(
      problem(
        'row_not_in_scan',
        `Scan ${scan.id} has no row ${missing.slice(0, 20).join(', ')}; its rows are 1 to ${Math.max(0, ...known)}.`,
        'Look at the scan again and name rows that it has.',
      ),
    )
  const withheld = scan.withheld.filter((each) => wanted.has(each.row))
  return ok({
    rows: scan.rows.filter((each) => wanted.has(each.row)),
    leftOut: withheld.map(({ row, reason }) => ({ row, why: `withheld: ${quoted(reason)}` })),
  })
}
