import type { ScanDiff } from '../../model/scan-diff.ts'
import { jsonText } from './json-text.ts'
import { scanDiffJson } from './scan-diff-json.ts'
import { scanDiffMarkdown } from './scan-diff-markdown.ts'
import { scanDiffTable } from './scan-diff-table.ts'
import { yamlText } from './yaml-text.ts'

export interface DiffLook {
  /** `json`, `yaml` and `markdown`; any other format has none of its own for this, and gets what a terminal does. */
  readonly format: string
  /** ANSI colours; only for a terminal that is known to show them. */
  readonly colour: boolean
}

/** What moved between two scans, in the format that was asked for; ends with a line break. */
export function diffText(diff: ScanDiff, { format, colour }: DiffLook): string {
  switch (format) {
    case 'json':
      return `${jsonText(scanDiffJson(diff))}\n`
    case 'yaml':
      return yamlText(scanDiffJson(diff))
    case 'markdown':
      return `${scanDiffMarkdown(diff).trimEnd()}\n`
    default:
      return `${scanDiffTable(diff, colour && format === 'table')}\n`
  }
}
