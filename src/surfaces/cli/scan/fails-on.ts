import type { Scan, Severity } from '../../../model/recommendation.ts'
import type { FailOn } from './scan-flags.ts'

const RANK: Readonly<Record<Severity, number>> = { UNKNOWN: 0, GOOD: 0, OK: 1, WARNING: 2, CRITICAL: 3 }

/** How many rows are at least as bad. */
export const rowsAtLeast = (scan: Scan, severity: FailOn): number =>
  scan.rows.filter((row) => RANK[row.severity] >= RANK[severity]).length
