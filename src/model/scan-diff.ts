import type { ScanId } from './ids.ts'
import type { Recommended, Severity } from './recommendation.ts'
import type { UnixSeconds } from './time.ts'
import type { ContainerRef } from './workload.ts'

/** One of the two scans. */
export interface ComparedScan {
  readonly id: ScanId
  readonly evaluatedAt: UnixSeconds
}

/** One value of a container that is not what it was: cores or bytes, not set (`null`), or withheld (`'?'`). */
export interface MovedValue {
  readonly what: 'current' | 'recommended'
  readonly part: 'requests' | 'limits'
  readonly resource: 'cpu' | 'memory'
  readonly before: Recommended
  readonly after: Recommended
  /** `after` less `before`; null where one of them is no number. */
  readonly by: number | null
}
export interface MovedRow {
  readonly container: ContainerRef
  /** In the later scan. */
  readonly row: number
  /** Running, in the later scan. */
  readonly pods: number
  readonly values: readonly MovedValue[]
  readonly severity: { readonly before: Severity; readonly after: Severity }
}
export interface AddedRow {
  readonly container: ContainerRef
  readonly row: number
  readonly severity: Severity
  /** It was there before, and had no numbers. */
  readonly wasWithheld: boolean
}
export interface GoneRow {
  readonly container: ContainerRef
  /** In the earlier scan. */
  readonly row: number
  readonly severity: Severity
  /** It is still there, and has no numbers now: why. Null where it is gone. */
  readonly withheld: string | null
}

/** What moved between two scans of one cluster; each list with the largest first. */
export interface ScanDiff {
  readonly before: ComparedScan
  readonly after: ComparedScan
  readonly moved: readonly MovedRow[]
  readonly added: readonly AddedRow[]
  readonly gone: readonly GoneRow[]
  /** Rows with the same values in both. */
  readonly same: number
  /** Where the scans were not made alike, so that values move for that reason alone. Sentences. */
  readonly unlike: readonly string[]
}
