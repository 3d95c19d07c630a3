import type { ComparedScan, ScanDiff } from '../../model/scan-diff.ts'
import { isoTime } from '../../model/time.ts'

const scanName = ({ id, evaluatedAt }: ComparedScan): string => `${id} (${isoTime(evaluatedAt * 1000)})`

/** Which scans, and how many rows of which kind; all of it in our own words. */
export const diffHeadline = ({ before, after, moved, added, gone, same }: ScanDiff): string =>
  `From scan ${scanName(before)} to ${scanName(after)}: ${moved.length} moved, ${added.length} new, ${gone.length} gone, ${same} the same`
