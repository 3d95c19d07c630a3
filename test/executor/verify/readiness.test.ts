import { describe, expect, it } from 'vitest'
import { baselineOf } from '../../../src/executor/verify/baseline-of.ts'
import { readiness } from '../../../src/executor/verify/readiness.ts'
import { selectorText } from '../../../src/executor/verify/selector-text.ts'
import { stuckPods } from '../../../src/executor/verify/stuck-pods.ts'
import { unverifiable } from '../../../src/executor/verify/unverifiable.ts'
import { wallMillis } from '../../../src/model/time.ts'
import { NEW, OLD, pod, replicaSet, settledLook, workload, type PodSketch } from '../support/objects.ts'

describe('readiness', () => {
  it('counts the ready pods of the new ReplicaSet', () => {
    expect(readiness(settledLook())).toEqual({ kind: 'pass', message: '2 of 2 pods of web-new are ready.' })
  })

  it('does not count old pods, pods on their way out, or pods with a label of somebody else', () => {
    const others = [
      pod({ hash: 'old', owner: 'uid-web-old' }),
      pod({ name: 'going', deleted: true }),
      pod({ name: 'failed', phase: 'Failed' }),
      pod({ name: 'forged', owner: 'uid-elsewhere' }),
    ]
    const judged = readiness(settledLook({ pods: [pod(), ...others] }))
    expect(judged).toEqual({ kind: 'wait', message: '1 of 2 pods of web-new are ready.', overdue: 'not_ready' })
  })

  it('calls it a late rollout, not an unready pod, as long as there is no pod', () => {
    expect(readiness(settledLook({ pods: [] }))).toMatchObject({ kind: 'wait', overdue: 'rollout_deadline' })
    expect(readiness(settledLook({ revisions: [replicaSet('old', OLD)], workload: unseen }))).toMatchObject({
      message: 'The new revision does not exist yet.',
    })
  })

  const unseen = workload({ resources: NEW, generation: 2, status: { observedGeneration: 1 } })

  it('finds the new ReplicaSet by the controller’s count where an API version defaulted a field in one of them', () => {
    const odd = workload({
      resources: NEW,
      generation: 2,
      spec: { template: { metadata: { labels: { app: 'web' } }, spec: { newDefault: true } } },
    })
    const counted = { ...replicaSet('new', NEW), metadata: { ...metadata('new'), annotations: revision('1') } }
    expect(readiness(settledLook({ workload: odd, revisions: [counted] })).kind).toBe('pass')
  })

  const metadata = (hash: string): object => (replicaSet(hash, NEW) as { metadata: object }).metadata
  const revision = (value: string): Record<string, string> => ({ 'deployment.kubernetes.io/revision': value })

  it('wants the pods above a partition, and one pod per node of a DaemonSet', () => {
    const label = 'controller-revision-hash'
    const own = pod({ label, hash: 'web-2', owner: 'uid-web' })
    const spec = { updateStrategy: { rollingUpdate: { partition: 1 } } }
    const set = workload({ kind: 'StatefulSet', spec, status: { updateRevision: 'web-2' } })
    expect(readiness({ workload: set, revisions: [], pods: [own] }).kind).toBe('pass')
    const daemons = workload({ kind: 'DaemonSet', status: { desiredNumberScheduled: 2 } })
    const revisions = [{ metadata: { name: 'web-2', labels: { [label]: 'web-2' } }, revision: 2 }]
    expect(readiness({ workload: daemons, revisions, pods: [own] })).toMatchObject({ overdue: 'not_ready' })
  })
})

describe('a workload on which nothing will run by itself', () => {
  it.each([
    ['a Deployment without replicas', workload({ replicas: 0 })],
    ['a paused Deployment', workload({ spec: { paused: true } })],
    ['a StatefulSet without replicas', workload({ kind: 'StatefulSet', replicas: 0 })],
    ['a StatefulSet on OnDelete', workload({ kind: 'StatefulSet', spec: { updateStrategy: { type: 'OnDelete' } } })],
    [
      'a StatefulSet held back by its partition',
      workload({ kind: 'StatefulSet', spec: { updateStrategy: { rollingUpdate: { partition: 2 } } } }),
    ],
    ['a DaemonSet on OnDelete', workload({ kind: 'DaemonSet', spec: { updateStrategy: { type: 'OnDelete' } } })],
    ['a DaemonSet without nodes', workload({ kind: 'DaemonSet' })],
  ])('is %s', (_, object) => {
    expect(unverifiable(object)).toEqual(expect.any(String))
  })

  it.each([
    ['a Deployment', workload()],
    ['a StatefulSet', workload({ kind: 'StatefulSet' })],
    ['a DaemonSet with nodes', workload({ kind: 'DaemonSet', status: { desiredNumberScheduled: 1 } })],
  ])('is not %s', (_, object) => {
    expect(unverifiable(object)).toBeUndefined()
  })
})

describe('the baseline', () => {
  it('keeps restarts per pod and container, what is wrong at that moment, and the ReplicaSet that serves', () => {
    const pods = [
      pod({
        name: 'a',
        hash: 'old',
        owner: 'uid-web-old',
        restarts: 3,
        lastState: { terminated: { reason: 'OOMKilled' } },
      }),
      pod({
        name: 'b',
        hash: 'old',
        owner: 'uid-web-old',
        ready: false,
        state: { waiting: { reason: 'CrashLoopBackOff' } },
      }),
    ]
    const look = { workload: workload(), revisions: [replicaSet('old', OLD)], pods }
    expect(baselineOf(look, wallMillis(7))).toEqual({
      takenAt: 7,
      replicas: 2,
      ready: 1,
      generation: 1,
      revision: '1',
      restarts: { 'uid-a/app': 3, 'uid-b/app': 0 },
      // An OOM kill of some time ago is not something that is wrong now.
      troubles: ['app CrashLoopBackOff'],
      replicaSet: { name: 'web-old', uid: 'uid-web-old' },
    })
  })
})

describe('stuck pods', () => {
  it('are a StatefulSet’s unready pods of a revision that is wanted no more, highest first', () => {
    const label = 'controller-revision-hash'
    const own = (name: string, more: PodSketch = {}) => pod({ name, label, owner: 'uid-web', hash: 'web-2', ...more })
    const pods = [
      own('web-2', { ready: false }),
      own('web-10', { ready: false }),
      own('web-3'),
      own('web-4', { ready: false, hash: 'web-1' }),
      own('web-5', { ready: false, owner: 'uid-other' }),
    ]
    const set = workload({ kind: 'StatefulSet', status: { updateRevision: 'web-1' } })
    expect(stuckPods({ workload: set, revisions: [], pods })).toEqual(['web-10', 'web-2'])
    expect(stuckPods({ workload: workload(), revisions: [], pods })).toEqual([])
  })
})

describe('a selector', () => {
  const selecting = (selector: object): string | undefined => selectorText(workload({ spec: { selector } as never }))

  it('is said as the query parameter that finds the same pods', () => {
    const matchExpressions = [
      { key: 'tier', operator: 'In', values: ['a', 'b'] },
      { key: 'track', operator: 'NotIn', values: ['canary'] },
      { key: 'x', operator: 'Exists' },
      { key: 'y', operator: 'DoesNotExist' },
    ]
    const text = selecting({ matchLabels: { app: 'web' }, matchExpressions })
    expect(text).toBe('app=web,tier in (a,b),track notin (canary),x,!y')
  })

  it('is refused where it is empty, or says what we do not know: it could find everybody’s pods', () => {
    expect(selecting({})).toBeUndefined()
    expect(selecting({ matchLabels: { app: 'web' }, matchExpressions: [{ key: 'x', operator: 'Gt' }] })).toBeUndefined()
    expect(selecting({ matchExpressions: [{ operator: 'Exists' }] })).toBeUndefined()
  })
})
