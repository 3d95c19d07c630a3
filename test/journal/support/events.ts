import type {
  AnswerWrong,
  DecisionRecorded,
  ExecutionClaimed,
  ExecutionEnded,
  ExecutionEvent,
  ExecutionQueued,
  JournalEvent,
  PlanProposed,
  PlanStale,
  PolicyAdopted,
  QuestionAsked,
  QuestionClosed,
  ScanRecorded,
  StopRequested,
  TokenMinted,
} from '../../../src/journal/event.ts'
import type { Actor } from '../../../src/model/actor.ts'
import type { Decision } from '../../../src/model/decision.ts'
import { sha256 } from '../../../src/model/hash.ts'
import type { ExecutionId, PlanId, QuestionId, ScanId } from '../../../src/model/ids.ts'
import { minutes, wallMillis } from '../../../src/model/time.ts'

export const PLAN = 'p-2abc' as PlanId
export const OTHER_PLAN = 'p-3def' as PlanId
export const EXECUTION = 'x-2abc' as ExecutionId
export const QUESTION = 'q-1' as QuestionId
export const DIGEST = 'd'.repeat(64)
export const PROMPT = sha256('the text shown')
export const TOKEN = sha256('the token')
export const person: Actor = { kind: 'person', osUser: 'ada', host: 'desk' }
export const agent: Actor = { kind: 'agent', client: 'a client', osUser: 'ada' }

/** Some of the facts, and the rest as in the one good story that every test bends. */
type Some<Event extends JournalEvent> = Partial<Event['facts']>

export const scanned = (facts: Some<ScanRecorded> = {}): ScanRecorded => ({
  kind: 'scan_recorded',
  subject: 's-2abc' as ScanId,
  facts: { clusterUid: 'uid', clusterName: 'production', source: 'live', rows: 1, evaluatedAt: 1, ...facts },
})
export const adopted = (facts: Some<PolicyAdopted> = {}): PolicyAdopted => ({
  kind: 'policy_adopted',
  subject: 'policy',
  facts: { revision: 'r1', level: 'terminal', promptHash: PROMPT, path: null, ...facts },
})
export const proposed = (facts: Some<PlanProposed> = {}, subject: PlanId = PLAN): PlanProposed => ({
  kind: 'plan_proposed',
  subject,
  facts: {
    digest: DIGEST,
    purpose: 'change',
    from: 's-2abc',
    clusterUid: 'uid',
    clusterName: 'production',
    source: 'live',
    requiredLevel: 'terminal',
    policyRevision: 'r1',
    blocked: false,
    openFor: minutes(60),
    expiresAt: wallMillis(0),
    steps: [
      { workload: 'shop/deployment/web', title: 'shop deployment/web' },
      { workload: 'shop/deployment/api', title: 'shop deployment/api' },
    ],
    ...facts,
  },
})
export const asked = (facts: Some<QuestionAsked> = {}, subject: PlanId = PLAN): QuestionAsked => ({
  kind: 'question_asked',
  subject,
  facts: {
    question: QUESTION,
    channel: 'terminal',
    digest: DIGEST,
    promptHash: PROMPT,
    answerHash: 'a'.repeat(64),
    salt: 'b'.repeat(32),
    openFor: minutes(5),
    attempts: 3,
    ...facts,
  },
})
export const wrong = (question: QuestionId = QUESTION, subject: PlanId = PLAN): AnswerWrong => ({
  kind: 'answer_wrong',
  subject,
  facts: { question },
})
export const closed = (
  outcome: QuestionClosed['facts']['outcome'],
  question: QuestionId = QUESTION,
  subject: PlanId = PLAN,
): QuestionClosed => ({ kind: 'question_closed', subject, facts: { question, outcome } })

export const decision = (some: Partial<Decision> = {}): Decision => ({
  plan: PLAN,
  digest: DIGEST,
  answer: 'approved',
  level: 'terminal',
  channel: 'terminal',
  question: QUESTION,
  promptHash: PROMPT,
  trust: 'same-user',
  by: person,
  ...some,
})
export const decided = (some: Partial<Decision> = {}, subject: PlanId = PLAN): DecisionRecorded => ({
  kind: 'decision_recorded',
  subject,
  facts: { decision: decision({ plan: subject, ...some }), approvedFor: minutes(15) },
})
export const refusal = (subject: PlanId = PLAN): DecisionRecorded =>
  decided({ answer: 'refused', question: null, promptHash: '' }, subject)
export const minted = (facts: Some<TokenMinted> = {}, subject: PlanId = PLAN): TokenMinted => ({
  kind: 'token_minted',
  subject,
  facts: { tokenHash: TOKEN, validFor: minutes(5), ...facts },
})
export const stale = (subject: PlanId = PLAN): PlanStale => ({
  kind: 'plan_stale',
  subject,
  facts: { why: 'somebody changed it.' },
})
export const queued = (facts: Some<ExecutionQueued> = {}, subject: ExecutionId = EXECUTION): ExecutionQueued => ({
  kind: 'execution_queued',
  subject,
  facts: { plan: PLAN, digest: DIGEST, redeemedBy: 'token', tokenHash: TOKEN, deadline: minutes(60), ...facts },
})
export const claimed = (fence = 1, subject: ExecutionId = EXECUTION): ExecutionClaimed => ({
  kind: 'execution_claimed',
  subject,
  facts: { fence, pid: 7, host: 'desk' },
})
export const stopped = (subject: ExecutionId = EXECUTION): StopRequested => ({
  kind: 'stop_requested',
  subject,
  facts: {},
})
export const ended = (
  status: ExecutionEnded['facts']['status'],
  fence: number | null = 1,
  subject: ExecutionId = EXECUTION,
): ExecutionEnded => ({ kind: 'execution_ended', subject, facts: { fence, status, why: 'because' } })

type Worked = Exclude<
  ExecutionEvent['kind'],
  'execution_queued' | 'execution_claimed' | 'stop_requested' | 'execution_ended'
>
type Work = Extract<ExecutionEvent, { kind: Worked }>
const FACTS: { readonly [Kind in Worked]: Omit<Extract<Work, { kind: Kind }>['facts'], 'step' | 'fence'> } = {
  write_intended: { requestHash: 'r' },
  write_skipped: { reason: 'plan_stale', message: 'it moved' },
  write_taken: { auditId: 'audit', generation: 2 },
  write_refused: { reason: 'api_invalid', message: 'no' },
  undo_rehearsed: { accepted: true, message: 'fine' },
  wave_started: { wave: 2 },
  soak_started: { until: wallMillis(0) },
  tier_judged: { tier: 'stability', passed: true, message: 'fine', cause: null, tookMs: 1 },
  rollback_started: { why: 'it failed' },
  undo_intended: { requestHash: 'u' },
  undo_taken: { auditId: 'audit' },
  undo_refused: { reason: 'api_invalid', message: 'no' },
  undo_settled: { complete: true, message: 'fine' },
}
export const WORKED = Object.keys(FACTS) as readonly Worked[]

/** What a worker records: by default about step 1, with fence 1. */
export const work = (
  kind: Worked,
  { step = 1, fence = 1 }: { readonly step?: number; readonly fence?: number } = {},
  subject: ExecutionId = EXECUTION,
): Work => ({ kind, subject, facts: { ...FACTS[kind], step, fence } }) as Work
