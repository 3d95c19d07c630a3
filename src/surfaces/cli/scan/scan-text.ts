import type { Scan } from '../../../model/recommendation.ts'
import type { UsageHistory } from '../../../model/usage-history.ts'
import { jsonText } from '../../render/json-text.ts'
import { krrJson } from '../../render/krr-json.ts'
import { krrYaml } from '../../render/krr-yaml.ts'
import { scanCsvRaw } from '../../render/scan-csv-raw.ts'
import { scanCsv } from '../../render/scan-csv.ts'
import { scanHtml } from '../../render/scan-html.ts'
import { scanMarkdown } from '../../render/scan-markdown.ts'
import { scanTable } from '../../render/scan-table.ts'
import type { Format, ScanFlags } from './scan-flags.ts'

export interface TextLook {
  readonly colour: boolean
  readonly width: number
  /** By row number; empty where nothing is known. */
  readonly usage: ReadonlyMap<number, UsageHistory>
}

/** A scan in the format that was asked for; ends with a line break. */
export function scanText(scan: Scan, flags: ScanFlags, look: TextLook): string {
  return withNewline(WRITERS[flags.formatter](scan, flags, look))
}

const WRITERS: Readonly<Record<Format, (scan: Scan, flags: ScanFlags, look: TextLook) => string>> = {
  table: (scan, _flags, { colour, width, usage }) =>
    scanTable(scan, { colour, width, ...(usage.size === 0 ? {} : { usage }) }),
  json: (scan) => jsonText(krrJson(scan)),
  yaml: (scan) => krrYaml(scan),
  csv: (scan, { showClusterName = false, excludeSeverity = false }) =>
    scanCsv(scan, { showClusterName, excludeSeverity }),
  'csv-raw': (scan, { showClusterName = false, excludeSeverity = false }) =>
    scanCsvRaw(scan, { showClusterName, excludeSeverity }),
  markdown: (scan) => scanMarkdown(scan),
  html: (scan, _flags, { usage }) => scanHtml(scan, usage),
}

const withNewline = (text: string): string => (text.endsWith('\n') ? text : `${text}\n`)
