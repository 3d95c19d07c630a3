import type { Scan, ScanRow } from '../../model/recommendation.ts'
import { strategyCommand } from '../../model/strategy.ts'
import { isoTime } from '../../model/time.ts'
import { containerPath } from '../../model/workload.ts'
import { footnotes } from './footnotes.ts'
import type { Footnotes } from './footnotes.ts'
import { markdownCode, markdownText } from './markdown-text.ts'
import { rowChange } from './row-change.ts'
import { scanTotals } from './scan-totals.ts'
import { unscannedText } from './unscanned-text.ts'
import { withheldText } from './withheld-text.ts'

const HEAD = ['#', 'Namespace', 'Workload', 'CPU request', 'CPU limit', 'Memory request', 'Memory limit', 'Severity']

/** A scan for a pull request or a chat: totals, a table, and what to know about it. */
export function scanMarkdown(scan: Scan): string {
  const notes = footnotes(scan)
  return [
    `## Right-sizing of ${markdownCode(scan.cluster.name)}`,
    '',
    `As of ${isoTime(scan.evaluatedAt * 1000)}, scan ${markdownCode(scan.id)}, strategy ${markdownCode(strategyCommand(scan.strategy))}. Nothing was changed.`,
    '',
    ...listed(ownTotals(scan)),
    ...tableLines([HEAD, ...scan.rows.map((row) => cellsOf(row, notes))]),
    '',
    ...listed(
      [
        ...unbound(scan),
        ...notes.lines,
        ...scan.withheld.map(withheldText),
        ...unreadLines(scan),
        ...unscannedText(scan.unscanned),
        ...scan.notes,
      ].map((line) => markdownText(line, 700)),
    ),
  ].join('\n')
}

/** A blank line after it. */
const listed = (lines: readonly string[]): readonly string[] =>
  lines.length === 0 ? [] : [...lines.map((line) => `- ${line}`), '']

/** Our own words and numbers only; the arrow between them is no name's. */
const ownTotals = (scan: Scan): readonly string[] => scanTotals({ ...scan, binding: BOUND })
const BOUND: Scan['binding'] = { kind: 'bound', matched: 0, running: 0 }

const unbound = ({ binding }: Scan): readonly string[] =>
  binding.kind === 'unbound' ? [`Not tied to this cluster, so no plan can be made: ${binding.reason}`] : []

function tableLines([head = [], ...rows]: readonly (readonly string[])[]): readonly string[] {
  if (rows.length === 0) return []
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`)
}

function cellsOf(row: ScanRow, notes: Footnotes): readonly string[] {
  return [
    String(row.row),
    markdownCode(row.container.namespace),
    markdownCode(containerPath(row.container)),
    rowChange(row, 'requests', 'cpu').text,
    rowChange(row, 'limits', 'cpu').text,
    rowChange(row, 'requests', 'memory').text,
    rowChange(row, 'limits', 'memory').text,
    `${row.severity} ${notes.of(row)}`.trimEnd(),
  ]
}

const unreadLines = ({ unread }: Scan): readonly string[] =>
  unread
    .filter(({ reason }) => reason !== 'not_served')
    .map(({ kind, message }) => `${kind} could not be read, so the scan is without it: ${message}`)
