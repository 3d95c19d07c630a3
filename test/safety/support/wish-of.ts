import type { PlanId } from '../../../src/model/ids.ts'
import type { Scan } from '../../../src/model/recommendation.ts'
import { minutes, wallMillis } from '../../../src/model/time.ts'
import { DEFAULT_CHOICE, type PlanFrame, type PlanWish } from '../../../src/safety/plan/plan-wish.ts'
import { strictestPolicy } from '../../../src/safety/policy/strictest-policy.ts'

export const FRAME: PlanFrame = {
  policy: strictestPolicy,
  requester: { kind: 'agent', client: 'a client', osUser: 'ada' },
  id: 'p-4xyz' as PlanId,
  at: wallMillis(1_795_000_600_000),
  journalHead: 'f'.repeat(64),
  settings: {
    openFor: minutes(60),
    executionDeadline: minutes(60),
    soak: minutes(5),
    rolloutDeadline: minutes(10),
    undoOnFailure: true,
  },
}

/** A wish for every row of a scan, requests only, unless the test says otherwise. */
export const wishOf = (scan: Scan, more: Partial<PlanWish> = {}): PlanWish => ({
  ...FRAME,
  scan,
  rows: scan.rows.map((row) => row.row),
  only: DEFAULT_CHOICE,
  ...more,
})
