import type { Scan } from '../../model/recommendation.ts'
import { isoTime } from '../../model/time.ts'
import { forTool, type Envelope } from './envelope.ts'
import { plainText } from '../../model/plain-text.ts'
import { impact, scanRowData, withheldRowData } from './scan-row-data.ts'
import { scanTotalsData } from './scan-totals-data.ts'

export interface ScanPage {
  readonly limit: number
  readonly offset: number
}

/** A scan for a model: totals, the rows that would move most, and how to see the others. */
export function scanEnvelope(scan: Scan, { limit, offset }: ScanPage): Envelope {
  const sorted = scan.rows.toSorted((a, b) => impact(b) - impact(a) || a.row - b.row)
  const shown = sorted.slice(offset, offset + limit)
  const left = Math.max(0, sorted.length - offset - shown.length)
  const [first] = shown
  const plannable = scan.binding.kind === 'bound'
  return {
    status: 'done',
    headline: `Scanned ${scan.rows.length} containers of ${plainText(scan.cluster.name, 80)}; nothing was changed.`,
    cluster: { name: plainText(scan.cluster.name, 80), source: scan.cluster.source },
    changed_cluster: 'no',
    next: [
      ...(first ? [forTool('explain_recommendation', { scan_id: scan.id, row: first.row })] : []),
      ...(first && plannable ? [forTool('preview_changes', { scan_id: scan.id, rows: [first.row] })] : []),
      ...(left > 0 ? [forTool('scan_recommendations', { scan_id: scan.id, offset: offset + limit, limit })] : []),
    ],
    data: {
      scan_id: scan.id,
      evaluated_at: isoTime(scan.evaluatedAt * 1000),
      totals: scanTotalsData(scan),
      sorted_by: 'impact: change of requests over all pods',
      values: '[current, recommended]; null = not set, "?" = withheld',
      rows: shown.map(scanRowData),
      rows_not_shown: left,
      ...withheld(scan),
      ...unread(scan),
      ...unscanned(scan),
      ...(scan.notes.length === 0
        ? {}
        : { notes: scan.notes.slice(0, MOST_NOTES).map((note) => plainText(note, 300)) }),
      ...(scan.binding.kind === 'unbound' ? { cannot_be_planned: plainText(scan.binding.reason, 300) } : {}),
    },
  }
}

const MOST_NOTES = 5
const MOST_UNSCANNED = 3
/** What runs and no row speaks for. */
const unscanned = ({ unscanned: found }: Scan): Readonly<Record<string, unknown>> =>
  found.length === 0
    ? {}
    : {
        not_scanned: found.slice(0, MOST_UNSCANNED).map(({ kind, namespace, name, reason }) => ({
          kind: plainText(kind, 63),
          namespace: plainText(namespace, 63),
          name: plainText(name, 253),
          reason,
        })),
        not_scanned_not_shown: Math.max(0, found.length - MOST_UNSCANNED),
      }

const MOST_WITHHELD = 5
const withheld = (scan: Scan): Readonly<Record<string, unknown>> =>
  scan.withheld.length === 0
    ? {}
    : {
        withheld: scan.withheld.slice(0, MOST_WITHHELD).map(withheldRowData),
        withheld_not_shown: Math.max(0, scan.withheld.length - MOST_WITHHELD),
      }

/** Kinds that nobody asked for and that this cluster does not have are no news. */
function unread(scan: Scan): Readonly<Record<string, unknown>> {
  const named = new Set(scan.scope.kinds.map((kind) => kind.toLowerCase()))
  const told = scan.unread.filter(({ kind, reason }) => reason !== 'not_served' || named.has(kind.toLowerCase()))
  return told.length === 0
    ? {}
    : { not_read: told.map(({ kind, reason, message }) => ({ kind, reason, message: plainText(message, 300) })) }
}
