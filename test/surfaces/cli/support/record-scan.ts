import { ok } from '../../../../src/model/result.ts'
import type { Scan } from '../../../../src/model/recommendation.ts'
import { rowOf, scanOf } from '../../../safety/support/scan-of.ts'
import { valueOf } from '../../../safety/support/value-of.ts'
import { openWorld, PERSON } from './open-world.ts'

/** One row that raises `web` from 100m and 128Mi to 250m and 256Mi. */
export const SCAN: Scan = scanOf([rowOf()])

/** Puts a scan into the journal, as the scan command does. */
export async function recordScan(stateDir: string, scan: Scan = SCAN): Promise<void> {
  const world = await openWorld(stateDir)
  const { id, cluster, rows, evaluatedAt } = scan
  const facts = {
    clusterUid: cluster.fingerprint.kubeSystemUid,
    clusterName: cluster.name,
    source: cluster.source,
    rows: rows.length,
    evaluatedAt,
  }
  const event = { kind: 'scan_recorded', subject: id, facts } as const
  valueOf(await world.journal.append(() => ok({ drafts: [{ actor: PERSON, event, payload: scan }], value: null })))
  await world.close()
}
