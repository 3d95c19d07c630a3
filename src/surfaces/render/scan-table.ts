import { plainText } from '../../model/plain-text.ts'
import type { Scan } from '../../model/recommendation.ts'
import type { UsageHistory } from '../../model/usage-history.ts'
import { footnotes } from './footnotes.ts'
import { scanGrid } from './scan-grid.ts'
import { scanList } from './scan-list.ts'
import type { ScanLook } from './scan-look.ts'
import { scanTotals } from './scan-totals.ts'
import { unscannedText } from './unscanned-text.ts'
import { withheldText } from './withheld-text.ts'

export interface TableOptions {
  /** ANSI colours; only for a terminal that is known to show them. */
  readonly colour?: boolean
  /** Columns of the terminal; without it there is room for everything. */
  readonly width?: number
  /** Usage over time by row number; drawn where there is room. */
  readonly usage?: ReadonlyMap<number, UsageHistory>
}

/** A scan for a terminal: its rows, what to know about them, what was withheld and could not be read, then totals. */
export function scanTable(scan: Scan, { colour = false, width = Infinity, usage }: TableOptions = {}): string {
  const notes = footnotes(scan)
  const rows = rowsFor(scan, { colour, notes, ...(usage ? { usage } : {}) }, width)
  return [
    rows,
    ...notes.lines,
    ...scan.withheld.map(withheldText),
    ...unreadLines(scan),
    ...unscannedText(scan.unscanned),
    ...scan.notes.map((note) => `Note: ${plainText(note, 500)}`),
    ...scanTotals(scan),
  ].join('\n')
}

/** The table with usage, without it, or, where neither fits, a list: a table with broken lines cannot be read. */
function rowsFor(scan: Scan, look: ScanLook, width: number): string {
  const { usage, ...plain } = look
  for (const each of usage ? [look, plain] : [plain]) {
    const grid = scanGrid(scan, each)
    if (grid.width <= width) return grid.text
  }
  return scanList(scan, look)
}

const unreadLines = ({ unread }: Scan): readonly string[] =>
  unread
    .filter(({ reason }) => reason !== 'not_served')
    .map(({ kind, message }) => `${kind} could not be read, so the scan is without it: ${plainText(message)}`)
