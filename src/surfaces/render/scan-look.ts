import type { UsageHistory } from '../../model/usage-history.ts'
import type { Footnotes } from './footnotes.ts'

/** How the rows of a scan are drawn in a terminal. */
export interface ScanLook {
  readonly colour: boolean
  readonly notes: Footnotes
  /** By row number. */
  readonly usage?: ReadonlyMap<number, UsageHistory>
}
