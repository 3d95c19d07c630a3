import { recordScan as recordInJournal } from '../../../../src/app/common/record-scan.ts'
import type { Scan } from '../../../../src/model/recommendation.ts'
import { rowOf, scanOf } from '../../../safety/support/scan-of.ts'
import { valueOf } from '../../../safety/support/value-of.ts'
import { openWorld } from './open-world.ts'

/** One row that raises `web` from 100m and 128Mi to 250m and 256Mi. */
export const SCAN: Scan = scanOf([rowOf()])

/** Puts a scan into the journal of this state directory, by the scan command's own use-case. */
export async function recordScan(stateDir: string, scan: Scan = SCAN): Promise<void> {
  const world = await openWorld(stateDir)
  valueOf(await recordInJournal(scan, world))
  await world.close()
}
