import { describe, expect, it } from 'vitest'
import type { LabelSelector, ObservedContainer } from '../../src/model/observation.ts'
import { findPods } from '../../src/recommender/discovery/find-pods.ts'
import { matchesSelector } from '../../src/recommender/discovery/matches-selector.ts'
import { namesByOwner } from '../../src/recommender/discovery/names-by-owner.ts'
import type { PodHistory } from '../../src/recommender/discovery/pod-history.ts'
import { container, pod } from './support/observed.ts'

type Row = readonly [kind: string, owner: string, name: string]
const history = (owned: readonly Row[], pods: readonly Row[], running: readonly string[] = []): PodHistory => {
  const samples = (rows: readonly Row[], label: string) =>
    rows.map(([owner_kind, owner_name, name]) => ({
      labels: { namespace: 'shop', owner_kind, owner_name, [label]: name },
      value: 1,
    }))
  return {
    owned: namesByOwner(samples(owned, 'owned'), ['owned']),
    pods: namesByOwner(samples(pods, 'pod'), ['pod']),
    podsPerNamespace: new Map(),
    running: new Set(running.map((name) => `shop/${name}`)),
    uids: new Set(),
  }
}
const found = (of: ObservedContainer, ...about: Parameters<typeof history>) =>
  findPods([of], history(...about), [])[0]!.pods.map(({ name, deleted }) => `${name}${deleted ? ' (gone)' : ''}`)

describe('pods of a workload', () => {
  it.each([
    ['Deployment', 'ReplicaSet'],
    ['Rollout', 'ReplicaSet'],
    ['DeploymentConfig', 'ReplicationController'],
    ['CronJob', 'Job'],
  ] as const)('of kind %s are found through what it owns, past and present', (kind, podOwner) => {
    const owned: readonly Row[] = [
      [kind, 'web', 'web-2'],
      [kind, 'web', 'web-1'],
      [kind, 'other', 'other-1'],
    ]
    const pods: readonly Row[] = [
      [podOwner, 'web-2', 'web-2-b'],
      [podOwner, 'web-1', 'web-1-a'],
      [podOwner, 'other-1', 'other-1-a'],
      ['StatefulSet', 'web-1', 'not-mine'],
    ]
    expect(found(container({ kind }), owned, pods, ['web-2-b'])).toEqual(['web-1-a (gone)', 'web-2-b'])
  })

  it.each(['StatefulSet', 'DaemonSet', 'StrimziPodSet', 'Job'] as const)('of kind %s are its own', (kind) => {
    const pods: readonly Row[] = [
      [kind, 'web', 'web-0'],
      ['ReplicaSet', 'web', 'not-mine'],
    ]
    expect(found(container({ kind }), [], pods, ['web-0'])).toEqual(['web-0'])
  })

  it('of a group of jobs are those of each job', () => {
    const grouped = container({ kind: 'GroupedJob', name: 'team=blue', jobs: ['a', 'b'] })
    const pods: readonly Row[] = [
      ['Job', 'a', 'a-x'],
      ['Job', 'b', 'b-x'],
      ['Job', 'c', 'c-x'],
    ]
    expect(found(grouped, [], pods)).toEqual(['a-x (gone)', 'b-x (gone)'])
  })

  it('come from the cluster, by its selector, only where the metrics know none', () => {
    const web = container({ selector: { matchLabels: { app: 'web' } } })
    const inCluster = [
      pod('web-b'),
      pod('web-a', { phase: 'Pending' }),
      pod('db', { labels: {} }),
      pod('x', { namespace: 'y' }),
    ]
    expect(findPods([web], history([], []), inCluster)).toEqual([
      {
        container: web,
        fromApi: true,
        pods: [
          { name: 'web-a', deleted: false },
          { name: 'web-b', deleted: false },
        ],
      },
    ])
    const known = history([['Deployment', 'web', 'rs']], [['ReplicaSet', 'rs', 'rs-a']])
    expect(findPods([web], known, inCluster)[0]).toMatchObject({
      fromApi: false,
      pods: [{ name: 'rs-a', deleted: true }],
    })
    expect(findPods([container({ kind: 'Job' })], history([], []), inCluster)[0]).toMatchObject({
      fromApi: false,
      pods: [],
    })
  })

  it.each(['CronJob', 'GroupedJob'] as const)(
    'of a %s come from the cluster by the jobs that there are, where the metrics know none',
    (kind) => {
      const of = (name: string, job: string, more: object = {}) =>
        pod(name, { owner: { kind: 'Job', name: job, uid: `uid-${job}` }, ...more })
      const inCluster = [
        of('a-x', 'a'),
        of('b-x', 'b', { phase: 'Succeeded' }),
        of('c-x', 'c'),
        of('a-y', 'a', { namespace: 'elsewhere' }),
        pod('a-z', { owner: { kind: 'ReplicaSet', name: 'a', uid: 'u' } }),
        pod('bare'),
      ]
      const jobs = container({ kind, jobs: ['a', 'b'] })
      expect(findPods([jobs], history([], []), inCluster)[0]).toMatchObject({
        fromApi: true,
        pods: [{ name: 'a-x' }, { name: 'b-x' }],
      })
      expect(findPods([container({ kind })], history([], []), inCluster)[0]?.pods).toEqual([])
    },
  )

  it('of a CronJob are those of its past jobs too, whatever jobs there are now', () => {
    const now = container({ kind: 'CronJob', jobs: ['web-3'] })
    const owned: readonly Row[] = [
      ['CronJob', 'web', 'web-1'],
      ['CronJob', 'web', 'web-3'],
    ]
    const pods: readonly Row[] = [
      ['Job', 'web-1', 'web-1-x'],
      ['Job', 'web-3', 'web-3-x'],
    ]
    expect(found(now, owned, pods)).toEqual(['web-1-x (gone)', 'web-3-x (gone)'])
  })
})

describe('a label selector', () => {
  const labels = { app: 'web', tier: 'front' }
  it.each<[boolean, NonNullable<LabelSelector['matchExpressions']>[number]]>([
    [true, { key: 'tier', operator: 'In', values: ['front', 'back'] }],
    [false, { key: 'tier', operator: 'In', values: ['back'] }],
    [false, { key: 'none', operator: 'In', values: ['x'] }],
    [true, { key: 'tier', operator: 'NotIn', values: ['back'] }],
    [false, { key: 'tier', operator: 'NotIn', values: ['front'] }],
    [true, { key: 'none', operator: 'NotIn', values: ['x'] }],
    [true, { key: 'tier', operator: 'Exists' }],
    [false, { key: 'none', operator: 'Exists' }],
    [true, { key: 'none', operator: 'DoesNotExist' }],
    [false, { key: 'tier', operator: 'DoesNotExist' }],
    [false, { key: 'tier', operator: 'Gt', values: ['1'] }],
  ])('is %s for %o', (matches, expression) => {
    expect(matchesSelector({ matchLabels: { app: 'web' }, matchExpressions: [expression] }, labels)).toBe(matches)
  })

  it('wants all of its labels', () => {
    expect(matchesSelector({ matchLabels: { app: 'web', tier: 'back' } }, labels)).toBe(false)
    expect(matchesSelector({}, labels)).toBe(true)
  })
})
