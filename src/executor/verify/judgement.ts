import type { Tier } from '../../model/verification.ts'
import { uidOf } from '../field.ts'
import { changes } from './changes.ts'
import type { Expectation } from './expectation.ts'
import { health } from './health.ts'
import type { Judged } from './judged.ts'
import type { Look } from './look.ts'
import { isReady } from './pod-state.ts'
import { readiness } from './readiness.ts'
import { currentRevision, podsOf } from './revision.ts'
import { stability } from './stability.ts'
import { unverifiable } from './unverifiable.ts'

/** What one look says, by all four tiers. */
export interface Judgement {
  readonly tiers: Readonly<Record<Tier, Judged>>
  /** Why nothing will run with the values by itself; undefined where pods will. */
  readonly idle: string | undefined
  /** UIDs of the new revision's ready pods. */
  readonly readyPods: readonly string[]
}

export function judge(look: Look, expected: Expectation): Judgement {
  const revision = currentRevision(look)
  const pods = revision ? podsOf(look, revision).filter(isReady) : []
  return {
    tiers: {
      changes: changes(look, expected),
      health: health(look),
      readiness: readiness(look),
      stability: stability(look, expected),
    },
    idle: unverifiable(look.workload),
    readyPods: pods.map((pod) => uidOf(pod) ?? ''),
  }
}

/** A workload that is not there any more: somebody else's doing, so never ours to undo. */
export const GONE: Judged = {
  kind: 'fail',
  cause: 'superseded',
  message: 'The workload was deleted by somebody else.',
}
