import type { Source } from '../model/cluster.ts'
import type { Channel, Decision, NotApproved } from '../model/decision.ts'
import type { ExecutionId, PlanId, QuestionId, ScanId } from '../model/ids.ts'
import type { Level } from '../model/level.ts'
import type { ExecutionStatus } from '../model/status.ts'
import type { Millis, WallMillis } from '../model/time.ts'
import type { FailureCause, Tier } from '../model/verification.ts'

/**
 * What can happen. `facts` are small, hashed into the chain and kept for ever: the state is folded from them alone.
 * Bulky matter (a scan, a plan, the text shown) is a payload beside them, named by its hash, and may be pruned.
 */
interface Of<Kind extends string, Subject extends string, Facts> {
  readonly kind: Kind
  readonly subject: Subject
  readonly facts: Facts
}

export type ScanRecorded = Of<
  'scan_recorded',
  ScanId,
  { clusterUid: string; clusterName: string; source: Source; rows: number; evaluatedAt: number }
>
export type PolicyAdopted = Of<
  'policy_adopted',
  'policy',
  { revision: string; level: Level; promptHash: string; path: string | null }
>

export type PlanProposed = Of<
  'plan_proposed',
  PlanId,
  {
    digest: string
    purpose: 'change' | 'undo'
    from: string
    clusterUid: string
    clusterName: string
    source: Source
    requiredLevel: Level
    policyRevision: string
    blocked: boolean
    openFor: Millis
    expiresAt: WallMillis
    steps: readonly { workload: string; title: string }[]
  }
>
export type QuestionAsked = Of<
  'question_asked',
  PlanId,
  {
    question: QuestionId
    channel: Channel
    digest: string
    promptHash: string
    answerHash: string
    salt: string
    openFor: Millis
    attempts: number
  }
>
export type AnswerWrong = Of<'answer_wrong', PlanId, { question: QuestionId }>
export type QuestionClosed = Of<'question_closed', PlanId, { question: QuestionId; outcome: NotApproved }>
export type DecisionRecorded = Of<'decision_recorded', PlanId, { decision: Decision; approvedFor: Millis }>
export type TokenMinted = Of<'token_minted', PlanId, { tokenHash: string; validFor: Millis }>
export type PlanStale = Of<'plan_stale', PlanId, { why: string }>

export type ExecutionQueued = Of<
  'execution_queued',
  ExecutionId,
  { plan: PlanId; digest: string; redeemedBy: 'token' | 'command'; tokenHash: string | null; deadline: Millis }
>
export type ExecutionClaimed = Of<'execution_claimed', ExecutionId, { fence: number; pid: number; host: string }>
export type WriteIntended = Of<'write_intended', ExecutionId, { step: number; fence: number; requestHash: string }>
/** A step that was not attempted: its recheck, or something it needed to know, said no. */
export type WriteSkipped = Of<
  'write_skipped',
  ExecutionId,
  { step: number; fence: number; reason: string; message: string }
>
export type WriteTaken = Of<
  'write_taken',
  ExecutionId,
  { step: number; fence: number; auditId: string | null; generation: number | null }
>
export type WriteRefused = Of<
  'write_refused',
  ExecutionId,
  { step: number; fence: number; reason: string; message: string }
>
export type UndoRehearsed = Of<
  'undo_rehearsed',
  ExecutionId,
  { step: number; fence: number; accepted: boolean; message: string }
>
/** A later wave begins: the one before it has been verified. */
export type WaveStarted = Of<'wave_started', ExecutionId, { fence: number; wave: number }>
export type SoakStarted = Of<'soak_started', ExecutionId, { fence: number; until: WallMillis }>
export type TierJudged = Of<
  'tier_judged',
  ExecutionId,
  {
    step: number
    fence: number
    tier: Tier
    passed: boolean
    message: string
    cause: FailureCause | null
    tookMs: number
  }
>
export type RollbackStarted = Of<'rollback_started', ExecutionId, { fence: number; why: string }>
export type UndoIntended = Of<'undo_intended', ExecutionId, { step: number; fence: number; requestHash: string }>
export type UndoTaken = Of<'undo_taken', ExecutionId, { step: number; fence: number; auditId: string | null }>
export type UndoRefused = Of<
  'undo_refused',
  ExecutionId,
  { step: number; fence: number; reason: string; message: string }
>
/** What came of an undo that was taken: whether the old values run again. */
export type UndoSettled = Of<
  'undo_settled',
  ExecutionId,
  { step: number; fence: number; complete: boolean; message: string }
>
export type StopRequested = Of<'stop_requested', ExecutionId, Record<string, never>>
export type ExecutionEnded = Of<
  'execution_ended',
  ExecutionId,
  { fence: number | null; status: ExecutionStatus; why: string }
>

export type PlanEvent =
  | PlanProposed
  | QuestionAsked
  | AnswerWrong
  | QuestionClosed
  | DecisionRecorded
  | TokenMinted
  | PlanStale
export type ExecutionEvent =
  | ExecutionQueued
  | ExecutionClaimed
  | WriteIntended
  | WriteSkipped
  | WriteTaken
  | WriteRefused
  | UndoRehearsed
  | WaveStarted
  | SoakStarted
  | TierJudged
  | RollbackStarted
  | UndoIntended
  | UndoTaken
  | UndoRefused
  | UndoSettled
  | StopRequested
  | ExecutionEnded
export type JournalEvent = ScanRecorded | PolicyAdopted | PlanEvent | ExecutionEvent
