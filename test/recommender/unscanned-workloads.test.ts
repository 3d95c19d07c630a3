import { describe, expect, it } from 'vitest'
import type { ObservedPod, Scope, UnreadKind, WorkloadListing } from '../../src/model/observation.ts'
import { unscannedWorkloads } from '../../src/recommender/unscanned-workloads.ts'
import { container, pod } from './support/observed.ts'

const owned = (kind: string, name: string, more: Partial<ObservedPod> = {}): ObservedPod =>
  pod(`${name}-${Math.random()}`, { owner: { kind, name, uid: `uid-${name}` }, ...more })
const selector = { matchLabels: { app: 'web' } }
const listing = (more: Partial<WorkloadListing> = {}): WorkloadListing => ({
  containers: [],
  unread: [],
  looked: { namespaces: [], except: ['kube-system'] },
  ...more,
})
const scope = (more: Partial<Scope> = {}): Scope => ({ namespaces: [], kinds: [], ...more })
const said = (pods: readonly ObservedPod[], of: Partial<WorkloadListing> = {}, within: Partial<Scope> = {}) =>
  unscannedWorkloads(pods, listing(of), scope(within)).map(
    (one) => `${one.namespace} ${one.kind} ${one.name} ×${one.pods} ${one.reason}`,
  )

describe('what no row speaks for', () => {
  it('is a bare pod, also one of a node’s own', () => {
    expect(
      said([pod('debug'), owned('Node', 'node-1', { name: 'etcd-node-1' }), pod('late', { phase: 'Pending' })]),
    ).toEqual(['shop Pod debug ×1 bare_pod', 'shop Pod etcd-node-1 ×1 bare_pod'])
  })

  it('is what a controller of an unknown kind runs, counted by owner', () => {
    const cluster = (namespace: string) => owned('Cluster', 'pg', { namespace })
    expect(said([cluster('a'), cluster('b'), cluster('a'), owned('Workflow', 'pg', { namespace: 'a' })])).toEqual([
      'a Cluster pg ×2 unknown_owner',
      'b Cluster pg ×1 unknown_owner',
      'a Workflow pg ×1 unknown_owner',
    ])
  })

  it.each([
    ['Deployment', 'ReplicaSet'],
    ['Rollout', 'ReplicaSet'],
    ['DeploymentConfig', 'ReplicationController'],
  ] as const)('is no pod of a %s, which owns it through a %s', (kind, set) => {
    const rows = { containers: [container({ kind, selector }), container({ kind, selector, container: 'log' })] }
    expect(said([owned(set, 'web-7c9f'), owned(set, 'web-1')], rows)).toEqual([])
    expect(
      said(
        [
          owned(set, 'website-7c9f'),
          owned(set, 'web'),
          owned(set, 'web-other', { labels: { app: 'other' } }),
          owned(set, 'web-7c9f', { namespace: 'elsewhere' }),
        ],
        rows,
      ),
    ).toHaveLength(4)
  })

  it('is no pod of a Rollout that borrowed a template without a selector', () => {
    expect(said([owned('ReplicaSet', 'web-7c9f')], { containers: [container({ kind: 'Rollout' })] })).toEqual([])
  })

  it('is a set that nothing listed has made', () => {
    expect(said([owned('ReplicaSet', 'alone-1'), owned('ReplicationController', 'old')])).toEqual([
      'shop ReplicaSet alone-1 ×1 unknown_owner',
      'shop ReplicationController old ×1 unknown_owner',
    ])
  })

  it.each(['StatefulSet', 'DaemonSet', 'StrimziPodSet'] as const)('is no pod of a listed %s', (kind) => {
    expect(said([owned(kind, 'web')], { containers: [container({ kind })] })).toEqual([])
    // OpenKruise and others have kinds of the same name.
    expect(said([owned(kind, 'web-2')], { containers: [container({ kind })] })).toEqual([
      `shop ${kind} web-2 ×1 unknown_owner`,
    ])
  })

  it('is no pod of a job, but one of another product’s Job', () => {
    const ofJob = (label: string) => owned('Job', 'nightly-1', { labels: { [label]: 'nightly-1' } })
    expect(said([ofJob('job-name'), ofJob('batch.kubernetes.io/job-name')])).toEqual([])
    expect(said([ofJob('volcano.sh/job-name')])).toEqual(['shop Job nightly-1 ×1 unknown_owner'])
  })

  it('is not guessed about kinds that could not be read', () => {
    const unread = (kind: string, reason: UnreadKind['reason']) => ({ unread: [{ kind, reason, message: '' }] })
    const pods = [owned('ReplicaSet', 'web-1')]
    expect(said(pods, unread('Deployment', 'forbidden'))).toEqual([])
    expect(said(pods, unread('Rollout', 'error'))).toEqual([])
    expect(said(pods, unread('Rollout', 'not_served'))).toHaveLength(1)
    expect(said([owned('StatefulSet', 'db')], unread('StatefulSet', 'forbidden'))).toEqual([])
  })

  it('is only what lies where was looked', () => {
    const pods = ['shop', 'data', 'kube-system'].map((namespace) => pod('bare', { namespace }))
    expect(said(pods)).toEqual(['shop Pod bare ×1 bare_pod', 'data Pod bare ×1 bare_pod'])
    expect(said(pods, { looked: { namespaces: ['data', 'kube-system'], except: ['data'] } })).toEqual([
      'kube-system Pod bare ×1 bare_pod',
    ])
    expect(unscannedWorkloads(pods, { containers: [], unread: [] }, scope())).toEqual([])
  })

  it.each<[string, Partial<Scope>]>([
    ['kinds', { kinds: ['Deployment'] }],
    ['labels', { selector: 'app=web' }],
    ['workloads', { workloads: ['web'] }],
    ['containers', { containers: ['app'] }],
  ])('is not asked for by who chooses %s, or by krr', (_, within) => {
    expect(said([pod('bare')], {}, within)).toEqual([])
    expect(said([pod('bare')], {}, { compat: 'krr' })).toEqual([])
    expect(said([pod('bare')], {}, { kinds: ['*'], workloads: [], namespaces: ['shop'] })).toHaveLength(1)
  })
})
