import { execFileSync } from 'node:child_process'
import { describe, expect, it } from 'vitest'
import { conclude } from '../../src/executor/conclude.ts'
import { explainRefusal } from '../../src/executor/explain-refusal.ts'
import { kubectlUndo } from '../../src/executor/kubectl-line.ts'
import { bearsMark, carries, markOf } from '../../src/executor/our-mark.ts'
import { sameQuantity } from '../../src/executor/same-quantity.ts'
import type { EndKind } from '../../src/executor/step-end.ts'
import { fail, type Failure } from '../../src/executor/verify/judged.ts'
import { whyNoUndo } from '../../src/executor/why-no-undo.ts'
import { ANNOTATION, type Plan } from '../../src/model/plan.ts'
import { applyPatch, operationsOf } from '../../src/safety/plan/json-patch.ts'
import { BASELINE, NEW, OLD, stepFor, VERIFICATION, workload, type Resources } from './support/objects.ts'

const step = stepFor(workload())

describe('what is undone by itself', () => {
  const plan = (undoOnFailure = true): Plan => ({ verification: { ...VERIFICATION, undoOnFailure } }) as Plan
  const failing = (failure: Failure, more: { before?: Resources; after?: Resources; troubles?: string[] } = {}) => ({
    failure,
    step: stepFor(workload({ resources: more.before ?? OLD }), { after: more.after ?? NEW }),
    baseline: { ...BASELINE, troubles: more.troubles ?? [] },
  })
  const oom = fail('oom_killed', 'OOM.', 'app')

  it.each([
    'oom_killed',
    'crash_loop',
    'restarts',
    'not_ready',
    'rollout_deadline',
    'unschedulable',
    'failed_create',
  ] as const)('is %s: resources can cause it', (cause) =>
    expect(whyNoUndo(plan(), failing(fail(cause, '', 'app')))).toBeUndefined(),
  )

  it.each(['image_pull', 'reverted', 'superseded'] as const)('is not %s', (cause) => {
    expect(whyNoUndo(plan(), failing(fail(cause, '')))).toEqual(expect.any(String))
  })

  it('is nothing where the plan says so', () => {
    expect(whyNoUndo(plan(false), failing(oom))).toContain('the plan says')
  })

  it('is never a raise of the memory that still was not enough', () => {
    expect(whyNoUndo(plan(), failing(oom, { before: NEW, after: OLD }))).toContain('lower the memory')
  })

  it('goes by the limit, which kills, and by the request only where the limit stays', () => {
    const request = (memory: string): Resources => ({ requests: { memory }, limits: { memory: '1Gi' } })
    expect(whyNoUndo(plan(), failing(oom, { before: request('1Mi'), after: request('2Mi') }))).toContain('lower')
    expect(whyNoUndo(plan(), failing(oom, { before: request('2Mi'), after: request('1Mi') }))).toBeUndefined()
    const lowered = { requests: { memory: '2Mi' }, limits: { memory: '4Mi' } }
    expect(whyNoUndo(plan(), failing(oom, { before: request('1Mi'), after: lowered }))).toBeUndefined()
  })

  it('takes no limit for more than any limit, and no request for less than any request', () => {
    const unlimited = { requests: { memory: '1Mi' } }
    expect(whyNoUndo(plan(), failing(oom, { before: unlimited, after: NEW }))).toBeUndefined()
    expect(whyNoUndo(plan(), failing(oom, { before: NEW, after: { requests: NEW.requests! } }))).toContain('lower')
    expect(whyNoUndo(plan(), failing(oom, { before: {}, after: unlimited }))).toContain('lower')
  })

  it('undoes the kill of a container that the change did not touch: undoing takes nothing from it', () => {
    expect(whyNoUndo(plan(), failing(fail('oom_killed', '', 'proxy')))).toBeUndefined()
  })

  it('is not a crash loop that was there before', () => {
    const before = { troubles: ['app CrashLoopBackOff'] }
    expect(whyNoUndo(plan(), failing(fail('crash_loop', '', 'app'), before))).toContain('before the change')
    expect(whyNoUndo(plan(), failing(fail('crash_loop', '', 'other'), before))).toBeUndefined()
  })
})

describe('a workload that was not ready before the change', () => {
  const plan = { verification: VERIFICATION } as Plan
  const late = (ready: number) => ({ failure: fail('not_ready', ''), step, baseline: { ...BASELINE, ready } })

  it('is not undone for not being ready after it, unless something of it was', () => {
    expect(whyNoUndo(plan, late(0))).toContain('none of its pods was ready before')
    expect(whyNoUndo(plan, late(1))).toBeUndefined()
  })
})

describe('how an execution ends', () => {
  const ends = (...kinds: readonly EndKind[]) => conclude(kinds.map((kind) => ({ kind, step, message: `${kind}.` })))

  it.each([
    ['succeeded', ['verified', 'verified']],
    ['unverified', ['verified', 'unverified']],
    ['rolled_back', ['undone', 'not_started', 'refused']],
    ['partly_applied', ['undone', 'verified']],
    ['partly_applied', ['undone', 'unverified']],
    ['partly_applied', ['verified', 'refused']],
    ['partly_applied', ['verified', 'not_started']],
    ['holding', ['held', 'verified', 'undone']],
    ['holding', ['refused', 'not_started']],
    ['needs_human', ['stuck', 'held', 'undone', 'verified']],
  ] as const)('%s from %j', (status, kinds) => {
    expect(ends(...kinds).status).toBe(status)
  })

  it('says what needs a person first, and does not name hundreds', () => {
    expect(ends('verified', 'held').why).toBe(
      'Of 2 workloads: 1 held as they are, 1 verified. shop/deployment/web: held. shop/deployment/web: verified.',
    )
    const { why } = ends(...Array<EndKind>(200).fill('verified'))
    expect(why.length).toBeLessThan(1_000)
    expect(why).toContain('and 188 more')
  })
})

describe('a workload seen from a step', () => {
  const patched = applyPatch(workload(), operationsOf(step.request))
  const written = patched.kind === 'patched' ? patched.object : workload()

  it('carries the old values, ours, or neither', () => {
    expect(carries(workload(), step)).toBe('before')
    expect(carries(written, step)).toBe('after')
    expect(carries(workload({ resources: { requests: { cpu: '1' } } }), step)).toBe('neither')
    expect(carries(workload({ name: 'other' }), step)).toBe('neither')
  })

  it('bears our mark only when it is the mark of this very plan', () => {
    expect(markOf(step.request)).toContain('"plan":"p-test"')
    expect(bearsMark(written, step.request)).toBe(true)
    expect(bearsMark(workload({ resources: NEW }), step.request)).toBe(false)
    // An undo leaves the mark alone, so any mark will do.
    expect(markOf(step.undo)).toBeUndefined()
    expect(bearsMark(workload(), step.undo)).toBe(true)
  })

  it('reads a mark that comes with its map, and one that is removed', () => {
    const body = (operations: unknown) => ({ ...step.request, body: JSON.stringify(operations) })
    expect(markOf(body([{ op: 'add', path: '/metadata/annotations', value: { [ANNOTATION]: 'x' } }]))).toBe('x')
    expect(markOf(body([{ op: 'remove', path: '/metadata/annotations/krr-mcp.dev~1last-change' }]))).toBeNull()
    expect(markOf(body([{ op: 'test', path: '/metadata/annotations', value: null }]))).toBeUndefined()
  })
})

describe('a refused request', () => {
  const managedFields = [
    {
      manager: 'kubectl-edit',
      operation: 'Update',
      time: '2026-11-24T12:00:00Z',
      fieldsV1: {
        'f:spec': {
          'f:template': {
            'f:spec': { 'f:containers': { 'k:{"name":"app"}': { 'f:image': {}, 'f:resources': { 'f:limits': {} } } } },
          },
        },
      },
    },
  ]

  it('is explained by what changed, and by whom', () => {
    expect(explainRefusal(workload({ image: 'app:2', managedFields }), step, 'do')).toEqual([
      'The image of app was changed by kubectl-edit at 2026-11-24T12:00:00Z from app:1 to app:2.',
    ])
    const resources = { ...OLD, limits: { memory: '1Gi' } }
    expect(explainRefusal(workload({ resources, managedFields }), step, 'do')).toEqual([
      'app limits.memory was changed by kubectl-edit at 2026-11-24T12:00:00Z from 256Mi to 1Gi.',
    ])
  })

  it('names a value beside the planned ones too: a write tests the whole of resources', () => {
    const resources = { ...OLD, requests: { ...OLD.requests, 'ephemeral-storage': '1Gi' } }
    const [only, ...more] = explainRefusal(workload({ resources }), step, 'do')
    expect(only).toBe('app requests.ephemeral-storage was changed by somebody from not set to 1Gi.')
    expect(more).toEqual([])
    expect(explainRefusal(workload({ resources: { ...resources, ...NEW } }), step, 'undo')).toEqual([])
  })

  it('says that the object, the container or its place is another', () => {
    expect(explainRefusal(workload({ name: 'other' }), step, 'do')).toEqual([
      'The workload was deleted and created again by somebody else.',
    ])
    const containers = [{ name: 'proxy' }, { name: 'app', image: 'app:1', resources: OLD }]
    const spec = { template: { spec: { containers } } } as never
    expect(explainRefusal(workload({ spec }), step, 'do')).toEqual(['Container app is not at place 1 any more.'])
    const gone = { template: { spec: { containers: [{ name: 'proxy' }] } } }
    expect(explainRefusal(workload({ spec: gone }), step, 'do')).toEqual(['Container app is not there any more.'])
  })

  it('is explained for an undo by our values, whatever the image is', () => {
    expect(explainRefusal(workload({ image: 'app:2', resources: { ...NEW, limits: {} } }), step, 'undo')).toEqual([
      'app limits.memory was changed by somebody from 64Mi to not set.',
    ])
  })
})

describe('quantities', () => {
  it('are compared by amount', () => {
    expect(sameQuantity('0.5', '500m')).toBe(true)
    expect(sameQuantity('1Gi', '1024Mi')).toBe(true)
    expect(sameQuantity(null, undefined)).toBe(true)
    expect(sameQuantity('1', null)).toBe(false)
    expect(sameQuantity('lots', 'lots')).toBe(true)
    expect(sameQuantity('lots', '1')).toBe(false)
  })
})

describe('the kubectl line for an undo', () => {
  it('is read by a shell as it is meant, whatever is in the body', () => {
    const body = `[{"op":"test","path":"/x","value":"it's $HOME \`id\`"}]`
    const line = kubectlUndo({ ...step, undo: { ...step.undo, body } })
    const printed = execFileSync('sh', ['-c', `kubectl() { printf '%s\\n' "$@"; }; ${line}`])
    expect(printed.toString().trimEnd().split('\n')).toEqual([
      '-n',
      'shop',
      'patch',
      'deployment',
      'web',
      '--type=json',
      '-p',
      body,
    ])
  })
})
