import { plainText } from '../../model/plain-text.ts'
import type { Severity } from '../../model/recommendation.ts'
import type { AddedRow, GoneRow, MovedRow, ScanDiff } from '../../model/scan-diff.ts'
import { diffHeadline } from './diff-headline.ts'
import { movedText } from './moved-text.ts'
import { plainTable } from './plain-table.ts'
import { severityColour } from './severity-colour.ts'
import { severityText } from './severity-text.ts'
import { workloadText } from './workload-text.ts'

/** What moved between two scans, for a terminal: the largest first. */
export function scanDiffTable(diff: ScanDiff, colour: boolean): string {
  const moved = diff.moved.flatMap((row) => movedLines(row, colour))
  return [
    diffHeadline(diff),
    ...diff.unlike.map((line) => `Note: ${plainText(line)}`),
    ...(moved.length === 0 ? [] : ['', plainTable(['Workload', 'What', 'Before → after', 'By'], moved, colour)]),
    ...part(
      'New',
      diff.added.map((row) => addedLine(row, colour)),
    ),
    ...part(
      'Gone',
      diff.gone.map((row) => goneLine(row, colour)),
    ),
  ].join('\n')
}

/** The name once, then a line per value; the severity's line in the new severity's colour. */
const movedLines = (row: MovedRow, colour: boolean): readonly (readonly string[])[] =>
  movedText(row).map(({ what, change, by }, index) => [
    index === 0 ? nameOf(row) : '',
    what,
    what === 'severity' ? severityColour(change, row.severity.after, colour) : change,
    by,
  ])

const nameOf = ({ container }: { readonly container: MovedRow['container'] }): string =>
  `${workloadText(container)}/${plainText(container.container, 63)}`

const part = (title: string, lines: readonly string[]): readonly string[] =>
  lines.length === 0 ? [] : ['', `${title}:`, ...lines.map((line) => `  ${line}`)]

const named = (row: AddedRow | GoneRow, severity: Severity, colour: boolean): string =>
  `${nameOf(row)}  ${severityText(severity, colour)}`

const addedLine = (row: AddedRow, colour: boolean): string =>
  `${named(row, row.severity, colour)}${row.wasWithheld ? ' (was withheld)' : ''}`

const goneLine = (row: GoneRow, colour: boolean): string =>
  `${named(row, row.severity, colour)}${row.withheld === null ? '' : ` (withheld now: ${plainText(row.withheld)})`}`
