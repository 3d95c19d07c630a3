import { plainText } from '../../../model/plain-text.ts'
import type { Scan } from '../../../model/recommendation.ts'
import { withheldText } from '../../render/withheld-text.ts'
import type { Session } from '../session.ts'
import type { Format, ScanFlags } from './scan-flags.ts'

/** krr's own formats have no place for what is not in them. */
const WITHOUT_NOTES: ReadonlySet<Format> = new Set(['json', 'yaml', 'csv', 'csv-raw'])
const MOST = 20

/** Says beside a result what is missing from it: a shorter list must not look like a smaller cluster. */
export function sayGaps({ unread, withheld }: Scan, flags: ScanFlags, session: Session): void {
  if (!WITHOUT_NOTES.has(flags.formatter) || flags.diff !== undefined) return
  const lines = [
    ...unread
      .filter(({ reason }) => reason !== 'not_served')
      .map(({ kind, message }) => `${kind} could not be read, so the scan is without it: ${plainText(message)}`),
    ...withheld.map((row) => `row ${withheldText(row)}`),
  ]
  for (const line of lines.slice(0, MOST)) session.remark(line)
  if (lines.length > MOST) session.remark(`${lines.length - MOST} more are missing`)
}
