import type { AddedRow, GoneRow, MovedRow, ScanDiff } from '../../model/scan-diff.ts'
import { containerPath } from '../../model/workload.ts'
import { diffHeadline } from './diff-headline.ts'
import { markdownCode, markdownText } from './markdown-text.ts'
import { movedText } from './moved-text.ts'

/** What moved between two scans, for a pull request or a chat. */
export function scanDiffMarkdown(diff: ScanDiff): string {
  const moved = diff.moved.flatMap(movedLines)
  return [
    `${diffHeadline(diff)}.`,
    '',
    ...listed(diff.unlike.map((line) => markdownText(line))),
    ...(moved.length === 0
      ? []
      : ['| Namespace | Workload | What | Before → after | By |', '| --- | --- | --- | --- | --- |', ...moved, '']),
    ...listed(diff.added.map(addedLine)),
    ...listed(diff.gone.map(goneLine)),
  ].join('\n')
}

const listed = (lines: readonly string[]): readonly string[] =>
  lines.length === 0 ? [] : [...lines.map((line) => `- ${line}`), '']

const movedLines = (row: MovedRow): readonly string[] =>
  movedText(row).map(({ what, change, by }, index) => {
    const name = [markdownCode(row.container.namespace), markdownCode(containerPath(row.container))]
    return `| ${[...(index === 0 ? name : ['', '']), what, change, by].join(' | ')} |`
  })

const nameOf = ({ container }: AddedRow | GoneRow): string =>
  `${markdownCode(container.namespace)} ${markdownCode(containerPath(container))}`

const addedLine = (row: AddedRow): string =>
  `new: ${nameOf(row)} ${row.severity}${row.wasWithheld ? ' (was withheld)' : ''}`

const goneLine = (row: GoneRow): string =>
  `gone: ${nameOf(row)} ${row.severity}${row.withheld === null ? '' : ` (withheld now: ${markdownText(row.withheld)})`}`
