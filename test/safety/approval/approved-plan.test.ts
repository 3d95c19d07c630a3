// Spreading an approved plan is one of the forgeries.
/* oxlint-disable typescript/no-misused-spread */
import { beforeAll, describe, expect, it } from 'vitest'
import type { ExecutionId } from '../../../src/model/ids.ts'
import { LEVELS, type Level } from '../../../src/model/level.ts'
import type { CheckResult, ContainerChange, DigestedPlan, Plan, PlanStep, Verdict } from '../../../src/model/plan.ts'
import {
  approve,
  isApprovedPlan,
  whyNotApproved,
  type ApprovalEvidence,
  type ApprovedPlan,
} from '../../../src/safety/approval/approved-plan.ts'
import { digestPlan } from '../../../src/safety/plan/digest-plan.ts'
import { decision, OTHER_PLAN } from '../../journal/support/events.ts'
import { realPlan, withChange } from './support/approved-world.ts'

const X = 'x-2abc' as ExecutionId
let plan: DigestedPlan
let evidence: ApprovalEvidence
let approved: ApprovedPlan
beforeAll(async () => {
  plan = await realPlan()
  evidence = good(plan)
  approved = approve(evidence)
})

const good = (of: DigestedPlan, more: Partial<ApprovalEvidence> = {}): ApprovalEvidence => ({
  plan: of,
  decision: decision({ plan: of.plan.id, digest: of.digest }),
  levelNow: 'terminal',
  execution: X,
  ...more,
})
function expectRefused(of: ApprovalEvidence, what: RegExp): void {
  expect(whyNotApproved(of)).toMatchObject({ reason: 'not_approved', message: expect.stringMatching(what) })
  expect(() => approve(of)).toThrow(what)
}

type Path = readonly (string | number)[]
/** Every place in a value that holds no further places. */
function leaves(value: unknown, path: Path = []): Path[] {
  if (typeof value !== 'object' || value === null || Object.keys(value).length === 0) return [path]
  return Object.entries(value).flatMap(([key, each]) => leaves(each, [...path, key]))
}
function altered(value: unknown, [key, ...rest]: Path): unknown {
  if (key === undefined)
    return typeof value === 'number' ? value + 1 : typeof value === 'boolean' ? !value : `${String(value)}.`
  const copy = structuredClone(value) as Record<string, unknown>
  copy[String(key)] = altered(copy[String(key)], rest)
  return copy
}

describe('evidence', () => {
  it('that is whole is an approval', () => {
    expect(whyNotApproved(evidence)).toBeUndefined()
    expect(isApprovedPlan(approved)).toBe(true)
    expect(approved).toMatchObject({ digest: plan.digest, execution: X, decision: evidence.decision })
    expect(approved.plan).toEqual(plan.plan)
  })
  it('with any one thing in the plan altered is none: a byte of a request, an image, a UID, a wave, a time', () => {
    const paths = leaves(plan.plan)
    expect(paths.length).toBeGreaterThan(80)
    for (const path of paths) {
      const other = { plan: altered(plan.plan, path) as Plan, digest: plan.digest }
      expectRefused(good(other, { decision: evidence.decision }), /is not the one its digest was made of/)
    }
  })
  it('with something added to the plan, or taken from it, is none', () => {
    for (const other of [
      { ...plan.plan, more: true },
      { ...plan.plan, steps: plan.plan.steps.slice(1) },
      { ...plan.plan, steps: plan.plan.steps.toReversed() },
      { ...plan.plan, steps: [...plan.plan.steps, ...plan.plan.steps] },
    ])
      expectRefused({ ...evidence, plan: { plan: other, digest: plan.digest } }, /digest was made of/)
  })
  it('with another digest is none', () => {
    expectRefused({ ...evidence, plan: { ...plan, digest: 'f'.repeat(64) } }, /digest was made of/)
    expectRefused({ ...evidence, plan: { ...plan, digest: '' } }, /digest was made of/)
  })
  it('with a yes to another plan is none', () => {
    for (const other of [
      decision({ plan: OTHER_PLAN, digest: plan.digest }),
      decision({ plan: plan.plan.id, digest: 'f'.repeat(64) }),
    ])
      expectRefused({ ...evidence, decision: other }, /decision on record is about another plan/)
  })
  it('with another whole plan under the same yes is none', () => {
    const other = withChange(plan, { steps: plan.plan.steps.slice(1) })
    expectRefused({ ...evidence, plan: other }, /decision on record is about another plan/)
  })
  it('with any answer but a yes is none', () => {
    for (const answer of ['refused', 'maybe', '', undefined, null, true])
      expectRefused({ ...evidence, decision: { ...evidence.decision, answer: answer as never } }, /refused this plan/)
  })
  it.each(LEVELS)('with a plan that needs %s needs a yes of at least that', (requiredLevel) => {
    const needing = withChange(plan, { requiredLevel })
    for (const level of LEVELS) {
      const of = good(needing, {
        decision: decision({ plan: needing.plan.id, digest: needing.digest, level }),
        levelNow: 'client',
      })
      if (LEVELS.indexOf(level) < LEVELS.indexOf(requiredLevel)) expectRefused(of, /needs a decision at level/)
      else expect(whyNotApproved(of)).toBeUndefined()
    }
  })
  it.each(LEVELS)('under a policy that has become stricter needs %s as well', (levelNow) => {
    const needing = withChange(plan, { requiredLevel: 'client' })
    for (const level of LEVELS) {
      const of = good(needing, {
        decision: decision({ plan: needing.plan.id, digest: needing.digest, level }),
        levelNow,
      })
      if (LEVELS.indexOf(level) < LEVELS.indexOf(levelNow)) expectRefused(of, /needs a decision at level/)
      else expect(whyNotApproved(of)).toBeUndefined()
    }
  })
  it('under a policy that has become laxer still needs what the plan needed', () => {
    const weak = decision({ plan: plan.plan.id, digest: plan.digest, level: 'client' })
    expectRefused({ ...evidence, decision: weak, levelNow: 'client' }, /needs a decision at level terminal/)
  })
  it('with a level that does not exist is none', () => {
    const odd = decision({ plan: plan.plan.id, digest: plan.digest, level: 'root' as Level })
    expectRefused({ ...evidence, decision: odd }, /needs a decision at level/)
  })
  it.each<[Verdict, boolean]>([
    ['block', true],
    ['unknown', true],
    ['warn', false],
    ['note', false],
    ['pass', false],
  ])('with a check that says %s: refused %s', (verdict, refused) => {
    const check: CheckResult = { check: 'c', verdict, subject: 'plan', message: 'm', next: 'n' }
    const of = good(withChange(plan, { checks: [...plan.plan.checks, check] }))
    if (refused) expectRefused(of, /blocking checks/)
    else expect(whyNotApproved(of)).toBeUndefined()
  })
})

describe('what only looks like an approved plan', () => {
  const forgeries: readonly (readonly [string, (real: ApprovedPlan) => unknown])[] = [
    ['a literal', ({ plan: of, digest, execution, decision: by }) => ({ plan: of, digest, execution, decision: by })],
    ['a spread', (real) => ({ ...real })],
    ['Object.assign', (real) => Object.assign({}, real)],
    ['a structured clone', (real) => structuredClone(real)],
    ['JSON there and back', (real) => JSON.parse(JSON.stringify(real)) as unknown],
    ['Object.create of it', (real) => Object.create(real) as unknown],
    [
      'Object.create of its prototype',
      (real) => Object.assign(Object.create(Object.getPrototypeOf(real)), { ...real }) as unknown,
    ],
    [
      'a literal with its prototype',
      (real) => Object.setPrototypeOf({ ...real }, Object.getPrototypeOf(real)) as unknown,
    ],
    ['a proxy of it', (real) => new Proxy(real, {})],
    ['its prototype', (real) => Object.getPrototypeOf(real) as unknown],
    ['its class', (real) => real.constructor],
    ['something with a tag', () => ({ '#sealed': true, sealed: true, [Symbol.toStringTag]: 'Approved' })],
    ['null', () => null],
    ['undefined', () => undefined],
    ['a text', () => 'approved'],
    ['true', () => true],
  ]
  it.each(forgeries)('%s is none', (_, forge) => {
    expect(isApprovedPlan(forge(approved))).toBe(false)
  })
  type Maker = new (...given: readonly unknown[]) => unknown
  const maker = (): Maker => approved.constructor as Maker
  it.each<[string, () => unknown]>([
    ['nothing', () => undefined],
    ['an empty object', () => ({})],
    ['another approved plan', () => approved],
    ['evidence with a refusal', () => ({ ...evidence, decision: { ...evidence.decision, answer: 'refused' } })],
    [
      'evidence with an altered plan',
      () => ({ ...evidence, plan: { plan: altered(plan.plan, ['id']), digest: plan.digest } }),
    ],
    ['evidence at too weak a level', () => ({ ...evidence, decision: { ...evidence.decision, level: 'client' } })],
  ])('its constructor, reached from an instance, refuses %s', (_, given) => {
    expect(() => new (maker())(given())).toThrow()
    expect(() => Reflect.construct(maker(), [given()], Object)).toThrow()
    const Derived = class extends (maker() as new (given: unknown) => object) {}
    expect(() => new Derived(given())).toThrow()
  })
  it('its constructor is no function to be called', () => {
    expect(() => Reflect.apply(maker(), {}, [evidence])).toThrow(TypeError)
  })
  it('evidence that changes while it is looked at approves what was looked at, and nothing else', () => {
    const evil = withChange(plan, { steps: plan.plan.steps.slice(1) })
    for (const trueFor of [1, 2, 3, 4, 5, 6, 7, 8]) {
      let asked = 0
      const shifty: ApprovalEvidence = {
        ...evidence,
        get plan() {
          asked += 1
          return asked <= trueFor ? plan : evil
        },
      }
      let got: ApprovedPlan | undefined
      try {
        got = approve(shifty)
      } catch {
        continue
      }
      expect(got.plan).toEqual(plan.plan)
    }
  })
})

describe('an approved plan', () => {
  it('cannot be altered: not itself, and nothing in it down to the bytes of a request', () => {
    const step = approved.plan.steps[0] as PlanStep
    const change = step.changes[0] as ContainerChange
    for (const [place, evil] of [
      [approved, { plan: plan.plan }],
      [approved, { execution: 'x-evil' }],
      [approved, { more: 1 }],
      [approved.plan, { steps: [] }],
      [approved.plan.steps, { 0: step }],
      [approved.plan.steps, { length: 0 }],
      [approved.plan.verification, { undoOnFailure: false }],
      [step.target, { uid: 'uid-evil' }],
      [step.request, { body: 'evil' }],
      [step.undo, { body: 'evil' }],
      [change.after, { requests: {} }],
      [approved.decision, { level: 'passkey' }],
    ] as const)
      expect(() => Object.assign(place, evil)).toThrow(TypeError)
    expect(approved.plan).toEqual(plan.plan)
  })
  it('does not change with what it was made of', async () => {
    const mutable = structuredClone(plan) as unknown as {
      plan: { steps: { request: { body: string } }[] }
      digest: string
    }
    const by = { ...evidence.decision } as { level: string }
    const made = approve(good(mutable as never, { decision: by as never }))
    ;(mutable.plan.steps[0] as { request: { body: string } }).request.body = 'evil'
    by.level = 'client'
    expect(made.plan).toEqual(plan.plan)
    expect(made.decision.level).toBe('terminal')
  })
  it('leaves the evidence as it was: freezing does not reach into values that others hold', () => {
    const mutable = structuredClone(plan)
    approve(good(mutable))
    expect(Object.isFrozen(mutable.plan)).toBe(false)
    expect(digestPlan(mutable.plan).digest).toBe(plan.digest)
  })
})
