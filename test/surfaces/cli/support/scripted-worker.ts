import type { ExecutionEvent } from '../../../../src/journal/event.ts'
import type { Journal } from '../../../../src/journal/journal.ts'
import type { ExecutionId } from '../../../../src/model/ids.ts'
import type { ExecutionStatus } from '../../../../src/model/status.ts'
import { ok } from '../../../../src/model/result.ts'
import { wallMillis } from '../../../../src/model/time.ts'
import { TIERS, type FailureCause, type Tier } from '../../../../src/model/verification.ts'
import { valueOf } from '../../../safety/support/value-of.ts'

type Play = (execution: ExecutionId, journal: Journal) => Promise<void>

const fence = 1
const record = async (journal: Journal, subject: ExecutionId, events: readonly object[]): Promise<void> => {
  const actor = { kind: 'worker', pid: 1, osUser: 'ada', host: 'desk' } as const
  for (const event of events)
    valueOf(
      await journal.append(() =>
        ok({ drafts: [{ actor, event: { ...event, subject } as ExecutionEvent }], value: null }),
      ),
    )
}

const tier = (name: Tier, cause: FailureCause | null = null) => ({
  kind: 'tier_judged',
  facts: { step: 1, fence, tier: name, passed: cause === null, message: `${name} of web`, cause, tookMs: 1500 },
})
const written = [
  { kind: 'execution_claimed', facts: { fence, pid: 1, host: 'desk' } },
  { kind: 'write_intended', facts: { step: 1, fence, requestHash: 'f'.repeat(64) } },
  { kind: 'write_taken', facts: { step: 1, fence, auditId: 'audit-1', generation: 2 } },
]
const ended = (status: ExecutionStatus, why: string) => ({ kind: 'execution_ended', facts: { fence, status, why } })

/** A worker that writes its one step and sees it well. */
export const succeeds: Play = (execution, journal) =>
  record(journal, execution, [
    ...written,
    { kind: 'soak_started', facts: { fence, until: wallMillis(Date.now() + 60_000) } },
    ...TIERS.map((name) => tier(name)),
    ended('succeeded', 'Of 1 workload: 1 verified.'),
  ])

/** A worker whose change is killed for its memory, and undone. */
export const rollsBack: Play = (execution, journal) =>
  record(journal, execution, [
    ...written,
    tier('changes'),
    tier('stability', 'oom_killed'),
    { kind: 'rollback_started', facts: { fence, why: 'deployment/web: killed' } },
    { kind: 'undo_intended', facts: { step: 1, fence, requestHash: 'e'.repeat(64) } },
    { kind: 'undo_taken', facts: { step: 1, fence, auditId: null } },
    { kind: 'undo_settled', facts: { step: 1, fence, complete: true, message: 'The old values run again.' } },
    ended('rolled_back', 'Of 1 workload: 1 undone.'),
  ])

/** A worker that writes, and then waits for what does not come. */
export const stays: Play = (execution, journal) => record(journal, execution, written)

export const endsAs =
  (status: ExecutionStatus): Play =>
  (execution, journal) =>
    record(journal, execution, [...written, ended(status, `It is ${status}.`)])

/** Not before somebody has had the time to look. */
export const soon =
  (play: Play): Play =>
  async (execution, journal) => {
    await new Promise((resolve) => setTimeout(resolve, 400))
    return play(execution, journal)
  }
