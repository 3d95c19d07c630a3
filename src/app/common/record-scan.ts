import type { Scan } from '../../model/recommendation.ts'
import { ok, type Result } from '../../model/result.ts'
import type { AppPorts } from './app-ports.ts'

/** Puts a finished scan into the journal, under its id. */
export async function recordScan(
  done: Scan,
  { journal, actor }: Pick<AppPorts, 'journal' | 'actor'>,
): Promise<Result<Scan>> {
  const { id, cluster, rows, evaluatedAt } = done
  const facts = {
    clusterUid: cluster.fingerprint.kubeSystemUid,
    clusterName: cluster.name,
    source: cluster.source,
    rows: rows.length,
    evaluatedAt,
  }
  return journal.append(() =>
    ok({ drafts: [{ actor, event: { kind: 'scan_recorded', subject: id, facts }, payload: done }], value: done }),
  )
}
