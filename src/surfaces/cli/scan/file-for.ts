import type { WallMillis } from '../../../model/time.ts'
import type { Format, ScanFlags } from './scan-flags.ts'

const SUFFIX: Readonly<Record<Format, string>> = {
  table: 'txt',
  json: 'json',
  yaml: 'yaml',
  csv: 'csv',
  'csv-raw': 'csv',
  markdown: 'md',
  html: 'html',
}

/** Where the result is written to as well; krr's own name where it is to find one. Undefined: nowhere. */
export function fileFor({ fileoutput, fileoutputDynamic, formatter }: ScanFlags, now: WallMillis): string | undefined {
  if (fileoutput !== undefined) return fileoutput
  if (fileoutputDynamic !== true) return undefined
  const stamp = new Date(now)
    .toISOString()
    .replaceAll(/[^0-9]/g, '')
    .slice(0, 14)
  return `krr-${stamp}.${SUFFIX[formatter]}`
}
