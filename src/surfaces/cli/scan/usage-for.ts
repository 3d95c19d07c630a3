import { historyOfRows } from '../../../app/agent/inspect.ts'
import type { Scan } from '../../../model/recommendation.ts'
import type { UsageHistory } from '../../../model/usage-history.ts'
import type { Session } from '../session.ts'
import type { ScanFlags } from './scan-flags.ts'

/** A table's sparklines are for looking at, not for thousands of rows. */
const MOST_SPARKLINES = 200
const SPARKLINE_POINTS = 24
const WIDE = 120
const NONE: ReadonlyMap<number, UsageHistory> = new Map()

/** Usage over time for what is drawn: a page's charts, or a terminal's sparklines. Without it the scan is shown as well. */
export async function usageFor(
  scan: Scan,
  flags: ScanFlags,
  session: Session,
): Promise<ReadonlyMap<number, UsageHistory>> {
  const points = pointsFor(scan, flags, session)
  if (points === undefined || scan.rows.length === 0) return NONE
  const usage = await historyOfRows(scan, scan.rows, { ports: session.ports, points })
  if (usage.ok) return usage.value
  if (flags.quiet !== true) session.remark(`shown without usage over time: ${usage.problem.message}`)
  return NONE
}

function pointsFor(scan: Scan, { formatter, quiet, width }: ScanFlags, { deps }: Session): number | undefined {
  if (formatter === 'html') return 168
  const drawn = formatter === 'table' && deps.isTerminal && quiet !== true && (width ?? deps.width) >= WIDE
  return drawn && scan.rows.length <= MOST_SPARKLINES && scan.cluster.source !== 'replay' ? SPARKLINE_POINTS : undefined
}
