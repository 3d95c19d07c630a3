import type { ScanId } from '../../../model/ids.ts'
import { problem } from '../../../model/problem.ts'
import type { Scan } from '../../../model/recommendation.ts'
import { failed, ok, type Result } from '../../../model/result.ts'
import { ageText } from '../../render/age-text.ts'
import type { Session } from '../session.ts'

export interface EarlierScan {
  readonly id: ScanId
  /** In words. */
  readonly age: string
}

/** The newest scan of the same cluster before this one. */
export async function scanBefore({ id, cluster }: Scan, session: Session): Promise<Result<EarlierScan>> {
  const state = await session.ports.journal.state()
  if (!state.ok) return state
  const { kubeSystemUid } = cluster.fingerprint
  const others = [...state.value.scans.values()].filter(
    (each) => each.id !== id && each.clusterUid === kubeSystemUid && each.source !== 'replay',
  )
  const newest = others.toSorted((a, b) => b.at.wall - a.at.wall)[0]
  if (!newest) {
    return failed(
      problem('unknown_id', 'There is no earlier scan of this cluster.', 'Scan once more later, with --diff.'),
    )
  }
  return ok({ id: newest.id, age: ageText(session.text().now - newest.at.wall) })
}
