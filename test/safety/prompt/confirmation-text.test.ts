import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ExecutionId } from '../../../src/model/ids.ts'
import type { CheckResult, FieldChange, Plan, PlanStep } from '../../../src/model/plan.ts'
import { quoted } from '../../../src/model/safe-text.ts'
import { makePlan } from '../../../src/safety/plan/make-plan.ts'
import type { PlanWish } from '../../../src/safety/plan/plan-wish.ts'
import { parsePolicy } from '../../../src/safety/policy/parse-policy.ts'
import { confirmationText, type Confirmation } from '../../../src/safety/prompt/confirmation-text.ts'
import { durationText } from '../../../src/safety/prompt/duration-text.ts'
import { isShortEnoughForForm } from '../../../src/safety/prompt/is-short-enough-for-form.ts'
import { liveObject } from '../support/live-object.ts'
import { memoryCluster } from '../support/memory-cluster.ts'
import { rowOf, scanOf, type RowSketch } from '../support/scan-of.ts'
import { valueOf } from '../support/value-of.ts'
import { FRAME, wishOf } from '../support/wish-of.ts'

const NOW = FRAME.at + 130_000
const textOf = (plan: Plan, more: Partial<Confirmation> = {}): string =>
  confirmationText({ plan, clusterName: 'production', now: NOW, source: 'live', ...more })

async function planOf(resources: object, row: RowSketch = {}, more: Partial<PlanWish> = {}): Promise<Plan> {
  const live = liveObject({
    name: 'web-app',
    namespace: 'default',
    replicas: 3,
    containers: { app: resources },
    status: { observedGeneration: 1, replicas: 3, updatedReplicas: 3, availableReplicas: 3 },
  })
  const scan = scanOf([rowOf({ name: 'web-app', namespace: 'default', ...row }), rowOf({ row: 9, name: 'gone' })])
  return valueOf(await makePlan(wishOf(scan, more), memoryCluster([live]).ports)).plan
}
const withFields = (plan: Plan, fields: readonly FieldChange[]): Plan => {
  const [step] = plan.steps as [PlanStep]
  return { ...plan, steps: [{ ...step, changes: step.changes.map((change) => ({ ...change, fields })) }] }
}

describe('the text a person answers', () => {
  it('says what would change, and what it means', async () => {
    const plan = await planOf({ requests: { cpu: '100m', memory: '128Mi' }, limits: { cpu: '200m' } })
    expect(textOf(plan).split('\n')).toEqual([
      'RESOURCE OPTIMIZATION CONFIRMATION',
      "The following changes will be applied to cluster 'production':",
      'Deployment: web-app (namespace: default), container: app',
      '- CPU Request: 100m → 250m (+150%)',
      '- CPU Limit raised with the request: 200m → 250m (+25%)',
      '- Memory Request: 128Mi → 256Mi (+100%)',
      'Impact Analysis:',
      '- Workloads: 1 (containers: 1)',
      '- Pods affected: 3',
      '- Potential restart required: Yes',
      '- Requests of all replicas together: CPU 0.45 cores added, memory 0.375 GiB added',
      '- Verification: the rollout may take 10 min, then it is watched for 5 min; if it fails, it is undone by itself',
      '- Undoing, by itself or on request, needs this machine to be awake and connected to the cluster',
      '- Checks: 10 passed, 0 with something to say',
      '- Left out: 1 row (row 9: the workload does not exist any more)',
      '- Asked for by: an MCP client calling itself “a client” (self-reported), as OS user ada',
      '- Plan p-4xyz: made 2026-11-18T11:16:40Z (2 min 10 s ago), open until 2026-11-18T12:16:40Z (57 min 50 s left); its numbers are as of 2026-11-18T11:06:40Z (12 min 10 s ago)',
      '- After a yes: started within 1 h or not at all',
      '- A yes counts: at a terminal (krr-mcp approve)',
    ])
  })
  it('gives what is removed, lowered, set and unset a line of its own, in words', async () => {
    const plan = await planOf({})
    const field = (more: Partial<FieldChange>): FieldChange => ({
      part: 'limits',
      resource: 'cpu',
      before: '2',
      after: '1',
      why: 'recommended',
      ...more,
    })
    const lines = textOf(
      withFields(plan, [
        field({}),
        field({ after: null }),
        field({ before: null }),
        field({ part: 'requests', after: null, why: 'restored' }),
        field({ resource: 'memory', before: '322122547200m', after: '300Mi' }),
        field({ part: 'requests', before: '1000m', after: '1001m' }),
        field({ part: 'requests', before: '0', after: '1m' }),
      ]),
    ).split('\n')
    expect(lines.slice(3, 10)).toEqual([
      '- CPU Limit LOWERED: 2 → 1 (-50%)',
      '- CPU Limit REMOVED: 2 → no limit',
      '- CPU Limit: no limit → 1',
      '- CPU Request REMOVED: 2 → not set',
      '- Memory Limit LOWERED: 322122547200m (307.2 MiB) → 300Mi (-2%)',
      '- CPU Request: 1000m → 1001m (+0.1%)',
      '- CPU Request: 0 → 1m',
    ])
  })
  it('says when totals are released or unchanged, and when nothing restarts by itself', async () => {
    const plan = await planOf({ requests: { cpu: '1', memory: '256Mi' } })
    expect(textOf(plan)).toContain('CPU 2.25 cores released, memory unchanged')
    const [step] = plan.steps as [PlanStep]
    const still = { ...step, step: 2, restart: false }
    expect(textOf({ ...plan, steps: [still] })).toContain('restart required: No (no pod is replaced by itself)')
    expect(textOf({ ...plan, steps: [step, still] })).toContain('restart required: Yes (1 of 2 workloads)')
  })
  it('says what happens on failure, also when nothing does', async () => {
    const plan = await planOf({})
    const verification = { ...plan.verification, undoOnFailure: false }
    expect(textOf({ ...plan, verification })).toContain('if it fails, nothing is undone by itself')
  })
  it('has a heading of its own for an undo, and says what an undo of it does', async () => {
    const change = await planOf({})
    const { evidenceAt: _, ...rest } = change
    const plan: Plan = {
      ...rest,
      purpose: { kind: 'undo', execution: 'x-7abc' as ExecutionId },
      leftOut: [
        { row: 2, why: 'gone' },
        { row: 3, why: 'gone' },
      ],
    }
    const text = textOf(plan)
    expect(text.split('\n').slice(0, 2)).toEqual([
      'UNDO CONFIRMATION',
      "The following values, changed by execution x-7abc, will be put back on cluster 'production':",
    ])
    expect(text).toContain('if it fails, the values of before are set again')
    expect(text).toContain('- Left out: 2 steps (step 2: gone; step 3: gone)')
    expect(text).not.toContain('numbers are as of')
  })
  it('says right under the title that a demonstration is one', async () => {
    const text = textOf(await planOf({}), { source: 'demo' })
    expect(text.split('\n')[1]).toBe('DEMO: this is a simulated cluster; a yes means nothing anywhere else.')
  })
  it('says first that a blocked plan cannot be approved, and lists what the checks found, worst first', async () => {
    const result = (verdict: CheckResult['verdict'], message: string, subject = 'a/deployment/b'): CheckResult => ({
      check: 'x',
      verdict,
      subject,
      message,
      next: 'Do it.',
    })
    const many = Array.from({ length: 7 }, (_, index) => result('warn', 'Hot.', `a/deployment/w${index}`))
    const checks = [result('note', 'By the way.'), ...many, result('unknown', 'Unread.'), result('pass', '')]
    const lines = textOf({ ...(await planOf({})), checks }).split('\n')
    expect(lines[2]).toBe('This plan is BLOCKED by its checks (below) and cannot be approved.')
    expect(lines.filter((line) => /^- (Checks|BLOCKED|Hazard|Note)/.test(line))).toEqual([
      '- Checks: 1 passed, 9 with something to say',
      '- BLOCKED (x), a/deployment/b: Unread. Do it.',
      '- Hazard (x), a/deployment/w0, a/deployment/w1, a/deployment/w2, a/deployment/w3, a/deployment/w4 and 2 more: Hot. Do it.',
      '- Note (x), a/deployment/b: By the way. Do it.',
    ])
  })
  it('names whoever asked, and every level that a yes may need', async () => {
    const plan = await planOf({})
    const person = { kind: 'person', osUser: 'ada', host: 'laptop' } as const
    expect(textOf({ ...plan, requester: person })).toContain('OS user ada on laptop, at the command line')
    expect(textOf({ ...plan, requester: { ...person, kind: 'worker', pid: 1 } })).toContain(
      'the worker of OS user ada on laptop',
    )
    expect(textOf({ ...plan, requiredLevel: 'passkey' })).toContain('A yes counts: at level passkey')
    const policy = valueOf(parsePolicy('client_namespaces: [default]'))
    expect(textOf(await planOf({}, {}, { policy }))).toContain('through this client, or at a terminal')
  })
  it('shows an expired plan as expired, and a clock that was set back as that', async () => {
    const plan = await planOf({})
    expect(textOf(plan, { now: plan.expiresAt + 1 })).toContain('(expired)')
    expect(textOf(plan, { now: plan.proposedAt - 5000 })).toContain('(ahead of this clock)')
  })
  it('counts what is left out beyond the first five', async () => {
    const leftOut = Array.from({ length: 8 }, (_, index) => ({ row: index + 1, why: 'no' }))
    expect(textOf({ ...(await planOf({})), leftOut })).toContain(
      '8 rows (row 1: no; row 2: no; row 3: no; row 4: no; row 5: no; and 3 more)',
    )
    expect(textOf({ ...(await planOf({})), leftOut: [] })).not.toContain('Left out')
  })
})

describe('a string of the cluster or a client', () => {
  /** The plan with one string in every place that others write. */
  function hostile(plan: Plan, text: string): Confirmation {
    const [step] = plan.steps as [PlanStep]
    const check = (verdict: CheckResult['verdict']): CheckResult => ({
      check: text,
      verdict,
      subject: text,
      message: `It says ${quoted(text, 400)} here.`,
      next: `Ask ${quoted(text)}.`,
    })
    const field: FieldChange = { part: 'limits', resource: 'memory', before: text, after: text, why: 'recommended' }
    return {
      plan: {
        ...plan,
        steps: [
          {
            ...step,
            target: { ...step.target, name: text, namespace: text },
            changes: [{ container: text, index: 0, image: text, before: {}, after: {}, fields: [field] }],
          },
        ],
        checks: [check('warn'), check('note'), check('block')],
        leftOut: [{ row: 1, why: `withheld: ${quoted(text, 100)}` }],
        requester: { kind: 'agent', client: text, osUser: text },
      },
      clusterName: text,
      now: NOW,
      source: 'live',
    }
  }
  const nasty = fc.constantFrom(
    '\n- Pods affected: 0',
    '\u2028- CPU Request: 1 → 2 (+100%)',
    '\r\n\u2029\u0085\v\f',
    '\u001B[2K\u001B[1A',
    '\u202E\u2066',
    '\u200B\u2060\uFEFF\u00AD',
    '“',
    '”',
    '"',
    "'",
    ' - ',
    '- ',
    '→',
    ' - A yes counts: through this client',
    '**bold** _x_ `code` [a](b) <b>&#10;</b> | # ~ \\',
    'עברית',
    '\u3164\u115F\u2800',
    'a\u0301\u0302\u0303',
    '\uD800',
    '💣',
    '\u009B31m',
    'x'.repeat(10_000),
  )
  const text = fc
    .array(fc.oneof(nasty, fc.string({ unit: 'binary' }), fc.string()), { minLength: 1, maxLength: 6 })
    .map((parts) => `a b${parts.join('')}`)
  const outsideQuotes = (shown: string): string => shown.replace(/“[^”]*”/g, 'Q')

  it('never stands outside its quotation marks, whatever it is, also with the line breaks collapsed', async () => {
    const plan = await planOf({})
    const expected = outsideQuotes(confirmationText(hostile(plan, 'a b')))
    fc.assert(
      fc.property(text, (each) => {
        const shown = confirmationText(hostile(plan, each))
        expect(outsideQuotes(shown)).toBe(expected)
        expect(outsideQuotes(shown.replaceAll('\n', ' '))).toBe(expected.replaceAll('\n', ' '))
        // Nothing invisible, nothing that reorders, nothing that marks up; only our own line breaks.
        expect(shown.replaceAll('\n', '')).not.toMatch(/[\p{C}\p{Zl}\p{Zp}\p{M}\u0590-\u08FF\u3164\u115F\u2800]/u)
        expect(shown).not.toMatch(/[\\`*{}[\]<>#|~&$]/)
        expect(shown.length).toBeLessThan(12_000)
      }),
      { numRuns: 2000 },
    )
  })
  it('makes no line, no bullet and no arrow, also where a check did not quote it', async () => {
    const plan = await planOf({})
    const raw = (each: string): Confirmation => {
      const checks: readonly CheckResult[] = [
        { check: each, verdict: 'warn', subject: each, message: each, next: each },
      ]
      return { plan: { ...plan, checks, leftOut: [{ row: 1, why: each }] }, clusterName: 'c', now: NOW, source: 'live' }
    }
    const count = (shown: string, what: RegExp): number => shown.match(what)?.length ?? 0
    const benign = confirmationText(raw('a b'))
    fc.assert(
      fc.property(text, (each) => {
        const shown = confirmationText(raw(each))
        for (const what of [/\n/g, /→/g, /- /g]) expect(count(shown, what)).toBe(count(benign, what))
        expect(count(shown, /“/g)).toBe(count(shown, /”/g))
      }),
      { numRuns: 2000 },
    )
  })
  it('stays readable where it is an honest name', () => {
    for (const name of [
      'web-app',
      'kube-system',
      'gke_project_zone_name',
      'arn:aws:eks:eu-west-1:1:cluster/x',
      'user@host',
      '500m',
    ])
      expect(quoted(name)).toBe(name)
    expect(quoted('Café №5')).toBe('“Café №5”')
    expect(quoted('')).toBe('“”')
  })
})

describe('what a form of a client may carry', () => {
  it('is at most 30 lines and 8 changes', async () => {
    const plan = await planOf({})
    const field: FieldChange = { part: 'limits', resource: 'cpu', before: '1', after: '2', why: 'recommended' }
    const changes = (count: number): Plan =>
      withFields(
        plan,
        Array.from({ length: count }, () => field),
      )
    const lines = (count: number): string => Array.from({ length: count }, () => 'x').join('\n')
    expect(isShortEnoughForForm(lines(30), changes(8))).toBe(true)
    expect(isShortEnoughForForm(lines(31), changes(8))).toBe(false)
    expect(isShortEnoughForForm(lines(30), changes(9))).toBe(false)
  })
})

describe('a duration', () => {
  it('is said in its two largest units', () => {
    expect([0, 400, 45_000, 300_000, 5_400_000, 93_784_000, 86_401_000, -5].map((each) => durationText(each))).toEqual([
      '0 s',
      '0 s',
      '45 s',
      '5 min',
      '1 h 30 min',
      '1 d 2 h',
      '1 d',
      '0 s',
    ])
  })
})
