import type { Source } from '../model/cluster.ts'
import type { Channel, Decision, NotApproved } from '../model/decision.ts'
import type { ExecutionId, PlanId, QuestionId, ScanId } from '../model/ids.ts'
import type { Level } from '../model/level.ts'
import type { Moment } from '../model/moment.ts'
import type { ExecutionStatus } from '../model/status.ts'
import type { Millis } from '../model/time.ts'
import type { Head } from './chain.ts'
import { GENESIS } from './entry.ts'
import type { PlanProposed } from './event.ts'

export interface ScanState {
  readonly id: ScanId
  readonly payload: string
  readonly clusterUid: string
  readonly clusterName: string
  readonly source: Source
  readonly rows: number
  readonly at: Moment
}

export interface OpenQuestion {
  readonly id: QuestionId
  readonly channel: Channel
  readonly digest: string
  readonly promptHash: string
  readonly answerHash: string
  readonly salt: string
  readonly askedAt: Moment
  readonly openFor: Millis
  readonly attemptsLeft: number
}
export interface MintedToken {
  readonly hash: string
  readonly mintedAt: Moment
  readonly validFor: Millis
}
export type PlanPhase =
  | { readonly kind: 'blocked' }
  | { readonly kind: 'open'; readonly question: OpenQuestion | null; readonly lastOutcome: NotApproved | null }
  | {
      readonly kind: 'approved'
      readonly decision: Decision
      readonly decidedAt: Moment
      readonly approvedFor: Millis
      readonly token: MintedToken | null
    }
  | { readonly kind: 'refused'; readonly decision: Decision }
  | { readonly kind: 'stale'; readonly why: string }
  | { readonly kind: 'applied'; readonly decision: Decision; readonly execution: ExecutionId }

export interface PlanState {
  readonly id: PlanId
  readonly payload: string
  readonly facts: PlanProposed['facts']
  readonly proposedAt: Moment
  /** Channels on which a question ended without a yes for good: a declined form is not shown again. */
  readonly closedChannels: readonly Channel[]
  readonly phase: PlanPhase
}

export type WriteState = 'none' | 'intended' | 'taken' | 'refused'
export interface StepState {
  readonly step: number
  readonly write: WriteState
  readonly undo: WriteState
  readonly undoRehearsed: boolean | null
  readonly generation: number | null
  readonly tiers: readonly {
    readonly tier: string
    readonly passed: boolean
    readonly message: string
    readonly cause: string | null
    readonly tookMs: number
  }[]
  readonly trouble: string | null
  /** What came of an undo that was taken; absent until that is known. */
  readonly undoSettled?: { readonly complete: boolean; readonly message: string }
}
export interface ExecutionState {
  readonly id: ExecutionId
  readonly plan: PlanId
  readonly digest: string
  /** Hash of the token that was spent, so that a second use is told from a guess. */
  readonly tokenHash: string | null
  readonly queuedAt: Moment
  readonly deadline: Millis
  readonly status: ExecutionStatus
  readonly why: string | null
  readonly fence: number
  readonly stopRequested: boolean
  readonly steps: readonly StepState[]
  readonly soakUntil: number | null
  readonly changedAt: Moment
}

export interface PolicyState {
  readonly revision: string
  readonly payload: string
  readonly level: Level
  readonly at: Moment
}

/** Everything that is so, folded from the journal; nothing else is stored. */
export interface JournalState {
  head: Head
  policy: PolicyState | null
  readonly scans: Map<ScanId, ScanState>
  readonly plans: Map<PlanId, PlanState>
  readonly executions: Map<ExecutionId, ExecutionState>
}

export const emptyState = (): JournalState => ({
  head: { seq: 0, hash: GENESIS },
  policy: null,
  scans: new Map(),
  plans: new Map(),
  executions: new Map(),
})
