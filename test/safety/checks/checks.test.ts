import { describe, expect, it } from 'vitest'
import type { KubeObject } from '../../../src/model/observation.ts'
import type { CheckResult, ContainerChange, FieldChange, PlanTarget } from '../../../src/model/plan.ts'
import { allChecks } from '../../../src/safety/checks/all-checks.ts'
import { appliedKind } from '../../../src/safety/checks/applied-kind.ts'
import { autoscaler } from '../../../src/safety/checks/autoscaler.ts'
import { runCheck, type Check } from '../../../src/safety/checks/check.ts'
import { limitBelowRequest } from '../../../src/safety/checks/limit-below-request.ts'
import { otherUsage } from '../../../src/safety/checks/other-usage.ts'
import { owned } from '../../../src/safety/checks/owned.ts'
import { rolloutPaused } from '../../../src/safety/checks/rollout-paused.ts'
import { rolloutRunning } from '../../../src/safety/checks/rollout-running.ts'
import { size } from '../../../src/safety/checks/size.ts'
import type { Snapshot } from '../../../src/safety/checks/snapshot.ts'
import { liveObject, type LiveSketch } from '../support/live-object.ts'

const field = (more: Partial<FieldChange> = {}): FieldChange => ({
  part: 'requests',
  resource: 'cpu',
  before: '100m',
  after: '200m',
  why: 'recommended',
  ...more,
})
const change = (fields: readonly FieldChange[], more: Partial<ContainerChange> = {}): ContainerChange => ({
  container: 'app',
  index: 0,
  image: 'registry.example/app:1',
  before: {},
  after: {},
  fields,
  ...more,
})
const target: PlanTarget = { kind: 'Deployment', namespace: 'shop', name: 'web', uid: 'uid-1' }
const snapshot = (more: Partial<Snapshot> = {}): Snapshot => ({
  subject: 'shop/deployment/web',
  target,
  object: liveObject(),
  changes: [change([field()])],
  autoscalers: { kind: 'read', items: [] },
  binding: { kind: 'bound', matched: 10, running: 10 },
  ...more,
})
const say = (check: Check, more: Partial<Snapshot> = {}): readonly CheckResult[] => runCheck(check, snapshot(more))
const passes = (check: Check) => [
  { check: check.name, verdict: 'pass', subject: 'shop/deployment/web', message: 'Nothing found.', next: '' },
]

describe('every check', () => {
  it('has a name of its own and says why it exists', () => {
    expect(new Set(allChecks.map((check) => check.name)).size).toBe(allChecks.length)
    for (const check of allChecks) expect(check.why.length).toBeGreaterThan(40)
  })
  it('says in the table the worst that it says of a workload', () => {
    expect(allChecks.map(({ name, verdict }) => `${name} ${verdict}`)).toEqual(
      [size, limitBelowRequest, otherUsage, autoscaler, owned, rolloutPaused, rolloutRunning, appliedKind].map(
        ({ name }) => `${name} block`,
      ),
    )
  })
  it('passes on a healthy workload and a small change', () => {
    expect(allChecks.flatMap((check) => say(check)).map(({ verdict }) => verdict)).toEqual(allChecks.map(() => 'pass'))
  })
})

describe('size', () => {
  const grows = (before: string | null, after: string | null, resource: 'cpu' | 'memory' = 'cpu') =>
    say(size, { changes: [change([field({ before, after, resource })])] })

  it('allows six times as much, and refuses the smallest value above it', () => {
    expect(grows('100m', '600m')).toEqual(passes(size))
    expect(grows('100m', '601m')).toEqual([expect.objectContaining({ check: 'size', verdict: 'block' })])
    expect(grows('128Mi', '768Mi', 'memory')).toEqual(passes(size))
  })
  it('names the largest first stage that would be allowed', () => {
    expect(grows('128Mi', '1Gi', 'memory')[0]?.message).toContain('A first stage of 768Mi would be allowed')
    expect(grows('15m', '1')[0]?.message).toContain('from 15m to 1 (+6567 %)')
    expect(grows('15m', '1')[0]?.message).toContain('A first stage of 90m')
    expect(grows('100k', '1Gi', 'memory')[0]?.message).toContain('A first stage of 600000 would be allowed')
  })
  it('refuses a growth from zero, which has no percentage', () => {
    expect(grows('0', '10m')[0]).toMatchObject({ verdict: 'block', message: expect.stringContaining('from zero') })
    expect(grows('0', '10m')[0]?.message).not.toContain('first stage')
  })
  it('has nothing to say of decreases, of what was not set, and of what is removed', () => {
    for (const [before, after] of [
      ['1', '10m'],
      [null, '100'],
      ['1', null],
      ['nonsense', '1'],
    ] as const)
      expect(grows(before, after)).toEqual(passes(size))
  })
})

describe('limit-below-request', () => {
  const after = (resources: object) =>
    say(limitBelowRequest, { changes: [change([], { after: resources as ContainerChange['after'] })] })

  it('refuses a limit below the request of the same resource', () => {
    const found = after({ requests: { cpu: '500m', memory: '1Gi' }, limits: { cpu: '0.4', memory: '512Mi' } })
    expect(found.map(({ verdict }) => verdict)).toEqual(['block', 'block'])
    expect(found[0]?.message).toBe('app would have a cpu limit of 0.4 below its request of 500m.')
    expect(found[1]?.next).toBe('Choose the memory request together with the limit.')
  })
  it('allows equal values in different spellings, and one without the other', () => {
    expect(after({ requests: { memory: '1Gi' }, limits: { memory: '1024Mi' } })).toEqual(passes(limitBelowRequest))
    expect(after({ requests: { cpu: '1' }, limits: { memory: '1' } })).toEqual(passes(limitBelowRequest))
    expect(after({ limits: { cpu: '1' } })).toEqual(passes(limitBelowRequest))
  })
  it('takes what is no quantity for below', () => {
    expect(after({ requests: { cpu: '1' }, limits: { cpu: 'lots' } })[0]?.verdict).toBe('block')
  })
})

describe('autoscaler', () => {
  const scaler = (metrics: readonly object[] | undefined, more: object = {}): KubeObject =>
    ({
      metadata: { name: 'web' },
      spec: { scaleTargetRef: { kind: 'Deployment', name: 'web' }, minReplicas: 2, maxReplicas: 9, metrics, ...more },
    }) as unknown as KubeObject
  const resource = (name: string, targetOf: object = { type: 'Utilization', averageUtilization: 70 }) => ({
    type: 'Resource',
    resource: { name, target: targetOf },
  })
  const found = (items: readonly KubeObject[], changes = [change([field()])]) =>
    say(autoscaler, { autoscalers: { kind: 'read', items }, changes })

  it('blocks when an autoscaler measures the request that changes', () => {
    const [result] = found([scaler([resource('cpu')])])
    expect(result).toMatchObject({ verdict: 'block', message: expect.stringContaining('(2 to 9 replicas)') })
    expect(result?.message).toContain('keeps cpu at 70 % of the request')
  })
  it('has nothing to say of another resource, another workload, or limits', () => {
    expect(found([scaler([resource('memory')])])).toEqual(passes(autoscaler))
    const others = [
      { kind: 'Deployment', name: 'api' },
      { kind: 'StatefulSet', name: 'web' },
    ]
    for (const scaleTargetRef of others)
      expect(found([scaler([resource('cpu')], { scaleTargetRef })])).toEqual(passes(autoscaler))
    expect(found([scaler([resource('cpu')])], [change([field({ part: 'limits' })])])).toEqual(passes(autoscaler))
  })
  it('blocks also where only one of several changed containers is measured, and knows the default minimum', () => {
    const changes = [change([field({ resource: 'memory' })], { container: 'side' }), change([field()])]
    const [result] = found([scaler([resource('cpu')], { minReplicas: undefined })], changes)
    expect(result).toMatchObject({ verdict: 'block', message: expect.stringContaining('(1 to 9 replicas)') })
  })
  it('blocks for one container only where the autoscaler measures that container', () => {
    const ofContainer = (container: string) =>
      scaler([
        {
          type: 'ContainerResource',
          containerResource: { name: 'cpu', container, target: { type: 'Utilization', averageUtilization: 50 } },
        },
      ])
    expect(found([ofContainer('app')])[0]?.verdict).toBe('block')
    expect(found([ofContainer('side')])).toEqual(passes(autoscaler))
  })
  it('notes a target that does not depend on the request, and ignores metrics of other kinds', () => {
    expect(found([scaler([resource('cpu', { type: 'AverageValue', averageValue: '500m' })])])[0]?.verdict).toBe('note')
    expect(found([scaler([{ type: 'External' }])])).toEqual(passes(autoscaler))
  })
  it('takes an autoscaler without metrics for what the API makes of it: 80 % of the CPU request', () => {
    expect(found([scaler([])])[0]?.message).toContain('80 % of the request')
  })
  it('does not know when the autoscalers could not be read, and passes when there can be none', () => {
    expect(say(autoscaler, { autoscalers: { kind: 'unreadable', why: 'You may not list them.' } })).toEqual([
      expect.objectContaining({ verdict: 'unknown', message: expect.stringContaining('You may not list them.') }),
    ])
    expect(say(autoscaler, { autoscalers: { kind: 'not_served' } })).toEqual(passes(autoscaler))
  })
})

describe('rollout-paused', () => {
  it('blocks a paused Deployment only', () => {
    expect(say(rolloutPaused, { object: liveObject({ spec: { paused: true } }) })[0]?.verdict).toBe('block')
    expect(say(rolloutPaused, { object: liveObject({ spec: { paused: false } }) })).toEqual(passes(rolloutPaused))
  })
})

describe('owned', () => {
  const ownedBy = (ownerReferences: readonly object[]) =>
    say(owned, { object: liveObject({ metadata: { ownerReferences } }) })
  it('blocks what a controller owns, and names it', () => {
    const [result] = ownedBy([{ kind: 'Prometheus', name: 'main', controller: true }])
    expect(result).toMatchObject({ verdict: 'block', message: expect.stringContaining('belongs to Prometheus main') })
  })
  it('lets pass an owner that only collects garbage', () => {
    expect(
      ownedBy([
        { kind: 'ConfigMap', name: 'x' },
        { kind: 'ConfigMap', name: 'y', controller: false },
      ]),
    ).toEqual(passes(owned))
  })
})

describe('other-usage', () => {
  it("blocks metrics that may be another cluster's, notes missing pods, and passes without metrics", () => {
    const binding = { kind: 'unbound', matched: 1, running: 10, reason: 'other UIDs' } as const
    expect(say(otherUsage, { binding })[0]).toMatchObject({
      verdict: 'block',
      message: expect.stringContaining('1 of 10'),
    })
    expect(say(otherUsage, { binding: { kind: 'bound', matched: 9, running: 10 } })[0]?.verdict).toBe('note')
    expect(say(otherUsage, { binding: null })).toEqual(passes(otherUsage))
  })
})

describe('applied-kind', () => {
  it('blocks everything but Deployments', () => {
    for (const kind of ['StatefulSet', 'DaemonSet'] as const)
      expect(say(appliedKind, { target: { ...target, kind } })[0]).toMatchObject({
        verdict: 'block',
        message: `A ${kind} can be previewed, but is not applied yet.`,
      })
    expect(say(appliedKind)).toEqual(passes(appliedKind))
  })
})

describe('rollout-running', () => {
  const state = (kind: PlanTarget['kind'], sketch: LiveSketch) =>
    say(rolloutRunning, { target: { ...target, kind }, object: liveObject({ kind, ...sketch }) })[0]
  const done = { observedGeneration: 1, replicas: 3, updatedReplicas: 3, readyReplicas: 3, availableReplicas: 3 }

  it.each([
    ['the controller has not seen the last change', { ...done, observedGeneration: 0 }, 'has not yet seen'],
    ['pods of the new revision are missing', { ...done, updatedReplicas: 2 }, '2 of 3 pods are of the new revision'],
    ['old pods are still there', { ...done, replicas: 4 }, '1 old pods are still there'],
    ['new pods are not available', { ...done, availableReplicas: 1 }, '1 of 3 pods are available'],
    ['nothing is known of it', {}, 'has not yet seen'],
  ])('blocks a Deployment while %s', (_, status, what) => {
    expect(state('Deployment', { replicas: 3, status })).toMatchObject({
      verdict: 'block',
      message: expect.stringContaining(what),
    })
  })
  it('blocks a Deployment whose last rollout ran out of time', () => {
    const status = { ...done, conditions: [{ type: 'Progressing', reason: 'ProgressDeadlineExceeded' }] }
    expect(state('Deployment', { replicas: 3, status })).toMatchObject({
      verdict: 'block',
      message: expect.stringContaining('exceeded its progress deadline'),
    })
  })
  it('passes a Deployment that has rolled out, also with no replicas', () => {
    expect(state('Deployment', { replicas: 3, status: done })?.verdict).toBe('pass')
    expect(state('Deployment', { replicas: 0, status: { observedGeneration: 1 } })?.verdict).toBe('pass')
  })
  it('takes a missing number of replicas for the one that it means', () => {
    const object = JSON.parse(JSON.stringify(liveObject({ status: { observedGeneration: 1 } }))) as { spec: object }
    const { replicas: _, ...spec } = object.spec as { replicas?: number }
    expect(say(rolloutRunning, { object: { ...object, spec } })[0]?.message).toContain('0 of 1 pods')
  })
  it.each([
    ['pods are not ready', { ...done, readyReplicas: 2 }, {}, 'block'],
    ['revisions differ', { ...done, currentRevision: 'a', updateRevision: 'b' }, {}, 'block'],
    ['it has rolled out', { ...done, currentRevision: 'a', updateRevision: 'a' }, {}, 'pass'],
    [
      'its partition is not reached',
      { ...done, updatedReplicas: 0, currentRevision: 'a', updateRevision: 'b' },
      { partition: 2 },
      'block',
    ],
    [
      'its partition is reached',
      { ...done, updatedReplicas: 1, currentRevision: 'a', updateRevision: 'b' },
      { partition: 2 },
      'pass',
    ],
  ])('knows of a StatefulSet when %s', (_, status, rollingUpdate, verdict) => {
    const spec = { updateStrategy: { type: 'RollingUpdate', rollingUpdate } }
    expect(state('StatefulSet', { replicas: 3, status, spec })?.verdict).toBe(verdict)
  })
  it.each([
    ['pods are missing', { updatedNumberScheduled: 1, numberAvailable: 2 }, 'block'],
    ['pods are not available', { updatedNumberScheduled: 2, numberAvailable: 1 }, 'block'],
    ['it has rolled out', { updatedNumberScheduled: 2, numberAvailable: 2 }, 'pass'],
  ])('knows of a DaemonSet when %s', (_, counts, verdict) => {
    const status = { observedGeneration: 1, desiredNumberScheduled: 2, ...counts }
    expect(state('DaemonSet', { status })?.verdict).toBe(verdict)
  })
  it('notes what replaces no pods by itself', () => {
    for (const kind of ['StatefulSet', 'DaemonSet'] as const)
      expect(state(kind, { spec: { updateStrategy: { type: 'OnDelete' } }, status: {} })?.verdict).toBe('note')
  })
})
