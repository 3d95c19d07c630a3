import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Scope } from '../../../../src/model/observation.ts'
import { expectProblem } from '../support/expect-ok.ts'
import { json, status } from '../support/fake-api.ts'
import { items, job, meta, podOf, startWorkloadApi, type WorkloadApi } from '../support/workload-api.ts'

const JOBS = '/apis/batch/v1/jobs'
const labelled = (name: string, labels: object, namespace = 'shop') => job(name, namespace, { labels })
const byTeam = { jobGrouping: { labels: ['team'], limit: 500 }, kinds: ['Job', 'GroupedJob'] } satisfies Partial<Scope>

describe('reading jobs', () => {
  let world: WorkloadApi
  beforeEach(async () => {
    world = await startWorkloadApi()
  })
  afterEach(async () => await world.close())
  const jobsOf = async (scope: Partial<Scope>) =>
    (await world.read(scope)).containers.map(({ kind, namespace, name, jobs, deviations = [] }) =>
      [kind, `${namespace}/${name}`, ...(jobs ?? []), ...deviations.map((one) => `(${one})`)].join(' '),
    )

  it('makes one workload of the jobs with the same label, and lists jobs once', async () => {
    world.answers[JOBS] = items(
      labelled('a-1', { team: 'blue' }),
      labelled('a-2', { team: 'green' }),
      job('alone'),
      labelled('a-3', { team: 'blue' }),
      labelled('of-cron', { team: 'blue' }, 'shop'),
    )
    expect(await jobsOf(byTeam)).toEqual([
      'Job shop/alone',
      'GroupedJob shop/team=blue a-1 a-3 of-cron',
      'GroupedJob shop/team=green a-2',
    ])
    expect(world.paths()).toEqual([JOBS])
    const { containers } = await world.read(byTeam)
    expect(containers[1]).toMatchObject({ uid: 'uid-a-1', labels: { team: 'blue' }, container: 'main' })
    expect(containers[1]).not.toHaveProperty('selector')
  })

  it('keeps a CronJob’s jobs out of groups, and a grouped job out of the single ones also when groups are not wanted', async () => {
    const owned = { labels: { team: 'blue' }, ownerReferences: [{ kind: 'CronJob', name: 'c', uid: 'u' }] }
    world.answers[JOBS] = items(job('of-cron', 'shop', owned), labelled('a-1', { team: 'blue' }), job('alone'))
    expect(await jobsOf({ ...byTeam, kinds: ['Job'] })).toEqual(['Job shop/alone'])
    expect(await jobsOf({ ...byTeam, kinds: ['GroupedJob'] })).toEqual(['GroupedJob shop/team=blue a-1'])
    expect(await jobsOf({ kinds: ['Job'] })).toEqual(['Job shop/a-1', 'Job shop/alone'])
  })

  it('keeps the first jobs of a group, by namespace', async () => {
    world.answers[JOBS] = items(
      ...['a', 'b', 'c'].map((name) => labelled(name, { team: 'blue' }, 'one')),
      ...['d', 'e'].map((name) => labelled(name, { team: 'blue' }, 'two')),
    )
    expect(await jobsOf({ ...byTeam, jobGrouping: { labels: ['team'], limit: 2 } })).toEqual([
      'GroupedJob one/team=blue a b (own_jobs)',
      'GroupedJob two/team=blue d e (own_jobs)',
    ])
  })

  // krr keeps the jobs on the group's first job: whoever shares that asks about the jobs of the last one.
  const shared = () => [
    labelled('j1', { app: 'x', team: 'blue' }, 'one'),
    labelled('j2', { app: 'y' }, 'one'),
    labelled('j3', { team: 'blue' }, 'one'),
    labelled('j4', { app: 'x' }, 'two'),
  ]
  const grouping = { jobGrouping: { labels: ['app', 'team'], limit: 500 }, kinds: ['GroupedJob'] }

  it('asks about each group’s own jobs, and says where krr asks about others', async () => {
    world.answers[JOBS] = items(...shared())
    expect(await jobsOf(grouping)).toEqual([
      'GroupedJob one/app=x j1 (own_jobs)',
      'GroupedJob two/app=x j4 (own_jobs)',
      'GroupedJob one/team=blue j1 j3',
      'GroupedJob one/app=y j2',
    ])
    const { containers } = await world.read(grouping)
    expect(containers.map(({ uid }) => uid)).toEqual(['uid-j1', 'uid-j4', 'uid-j1', 'uid-j2'])
  })

  it('repeats krr’s slip in krr’s way, pods of the cluster included', async () => {
    world.answers[JOBS] = items(...shared())
    const krr = { ...grouping, compat: 'krr' } as const
    expect(await jobsOf(krr)).toEqual([
      'GroupedJob one/app=x j1 j3',
      'GroupedJob two/app=x j1 j3',
      'GroupedJob one/team=blue j1 j3',
      'GroupedJob one/app=y j2',
    ])
    const { containers } = await world.read(krr)
    expect(containers.map(({ uid, selector }) => [uid, selector?.matchLabels])).toEqual([
      ['uid-j1', { team: 'blue' }],
      ['uid-j1', { team: 'blue' }],
      ['uid-j1', { team: 'blue' }],
      ['uid-j2', { app: 'y' }],
    ])
  })

  it('counts krr’s jobs of kube-system, and shows none of them', async () => {
    world.answers[JOBS] = items(
      labelled('k', { team: 'blue' }, 'kube-system'),
      job('alone', 'kube-system'),
      labelled('s', { team: 'blue' }),
    )
    expect(await jobsOf(byTeam)).toEqual(['GroupedJob shop/team=blue s (own_jobs)'])
    const { containers } = await world.read({ ...byTeam, compat: 'krr' })
    expect(containers.map(({ uid, jobs }) => [uid, jobs])).toEqual([['uid-k', ['s']]])
  })

  it('filters groups by their own name', async () => {
    world.answers[JOBS] = items(labelled('a', { team: 'blue' }), labelled('b', { team: 'green' }))
    expect(await jobsOf({ ...byTeam, workloads: ['team=b*'] })).toEqual(['GroupedJob shop/team=blue a'])
  })

  it('says that no label was named, to who asks for groups', async () => {
    expect((await world.read({ kinds: ['GroupedJob'] })).unread).toEqual([
      { kind: 'GroupedJob', reason: 'error', message: expect.stringContaining('No label') },
    ])
    expect((await world.read()).unread).toEqual([])
  })

  it('says what could not be listed, of both kinds', async () => {
    world.answers[JOBS] = status(403, 'no')
    const { containers, unread } = await world.read(byTeam)
    expect(containers).toEqual([])
    expect(unread.map(({ kind, reason }) => `${kind} ${reason}`)).toEqual(['Job forbidden', 'GroupedJob forbidden'])
  })

  describe('in a limited number of pages', () => {
    const page = (names: readonly string[], next?: string) =>
      json(200, { items: names.map((name) => job(name)), metadata: next === undefined ? {} : { continue: next } })
    const namespaced = (namespace: string) => `/apis/batch/v1/namespaces/${namespace}/jobs`
    const limited = (most: number, namespaces: readonly string[] = []) => ({
      kinds: ['Job'],
      namespaces,
      jobPages: { size: 2, most },
    })
    beforeEach(() => {
      world.answers[JOBS] = (response, request) => {
        const next = new URL(request.path, 'http://x').searchParams.get('continue')
        const pages = { '2': page(['c', 'd'], '3'), '3': page(['e']) } as const
        ;(pages[next as '2'] ?? page(['a', 'b'], '2'))(response, request)
      }
    })

    it('stops there and says so', async () => {
      const { containers, unread } = await world.read(limited(2))
      expect(containers.map(({ name }) => name)).toEqual(['a', 'b', 'c', 'd'])
      expect(unread).toEqual([
        { kind: 'Job', reason: 'error', message: expect.stringContaining('more jobs than were to be listed') },
      ])
      expect(world.api.seen.map(({ path }) => new URL(path, 'http://x').searchParams.get('limit'))).toEqual(['2', '2'])
    })

    it('says nothing when they were enough', async () => {
      const { containers, unread } = await world.read(limited(3))
      expect(containers).toHaveLength(5)
      expect(unread).toEqual([])
    })

    it('counts over all namespaces, one after the other; empty ones cost nothing', async () => {
      world.answers[namespaced('b')] = page(['x'])
      world.answers[namespaced('c')] = page(['y'])
      world.answers[namespaced('d')] = page(['z'])
      const { containers, unread } = await world.read(limited(2, ['a', 'b', 'c', 'd']))
      expect(containers.map(({ name }) => name)).toEqual(['x', 'y'])
      expect(unread).toHaveLength(1)
      expect(world.paths()).toEqual(['a', 'b', 'c'].map(namespaced))
    })

    it('goes on with a fresh token at once, and counts it', async () => {
      const gone = status(410, 'too old', { metadata: { continue: '3' } })
      world.answers[JOBS] = (response, request) => {
        const next = new URL(request.path, 'http://x').searchParams.get('continue')
        ;(next === '2' ? gone : next === '3' ? page(['c']) : page(['a', 'b'], '2'))(response, request)
      }
      expect((await world.read(limited(3))).containers.map(({ name }) => name)).toEqual(['a', 'b', 'c'])
      const cut = await world.read(limited(2))
      expect(cut.containers.map(({ name }) => name)).toEqual(['a', 'b'])
      expect(cut.unread).toHaveLength(1)
    })
  })

  it.each<[string, Partial<Scope>]>([
    ['label that is none', { jobGrouping: { labels: ['te am'], limit: 1 } }],
    ['group of no jobs', { jobGrouping: { labels: ['team'], limit: 0 } }],
    ['page of no jobs', { jobPages: { size: 0, most: 1 } }],
    ['page of very many jobs', { jobPages: { size: 1e9, most: 1 } }],
    ['number of pages that is none', { jobPages: { size: 1, most: 1.5 } }],
  ])('refuses a %s before anything is asked', async (_, scope) => {
    expect(expectProblem(await world.reader.workloads({ namespaces: [], kinds: [], ...scope })).reason).toBe(
      'bad_setting',
    )
    expect(world.api.seen).toEqual([])
  })

  describe('of CronJobs', () => {
    const cronJob = {
      metadata: meta('nightly', 'shop', { labels: { team: 'blue' } }),
      spec: { jobTemplate: { spec: { template: podOf('main') } } },
    }
    const owned = (name: string) => job(name, 'shop', { ownerReferences: [{ kind: 'CronJob', uid: 'uid-nightly' }] })
    beforeEach(() => {
      world.answers['/apis/batch/v1/cronjobs'] = items(cronJob)
      world.answers[JOBS] = items(owned('nightly-1'), job('alone'), owned('by-hand'))
    })

    it('names those that there are, from the same listing', async () => {
      expect(await jobsOf({})).toEqual(['Job shop/alone', 'CronJob shop/nightly nightly-1 by-hand'])
      expect(world.paths().filter((path) => path === JOBS)).toHaveLength(1)
    })

    it('asks for them without the selector, which is about the CronJob', async () => {
      expect(await jobsOf({ kinds: ['CronJob'], selector: 'team=blue' })).toEqual([
        'CronJob shop/nightly nightly-1 by-hand',
      ])
      const asked = world.api.seen.find(({ path }) => path.startsWith(JOBS))
      expect(asked?.path).not.toContain('labelSelector')
    })

    it('does without them where jobs may not be listed', async () => {
      world.answers[JOBS] = status(403, 'no')
      expect(await jobsOf({ kinds: ['CronJob'] })).toEqual(['CronJob shop/nightly'])
    })
  })
})
