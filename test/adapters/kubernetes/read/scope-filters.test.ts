import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Scope } from '../../../../src/model/observation.ts'
import { expectOk, expectProblem } from '../support/expect-ok.ts'
import { status } from '../support/fake-api.ts'
import { items, meta, podOf, startWorkloadApi, type WorkloadApi } from '../support/workload-api.ts'

const DEPLOYMENTS = '/apis/apps/v1/deployments'
const web = (name: string, namespace: string, ...containers: readonly string[]) => ({
  metadata: meta(name, namespace),
  spec: { template: podOf(...(containers.length > 0 ? containers : ['app'])) },
})
const named = (...names: readonly string[]) => items(...names.map((name) => ({ metadata: { name } })))

describe('the filters of a scan', () => {
  let world: WorkloadApi
  beforeEach(async () => {
    world = await startWorkloadApi()
    world.answers = {
      [DEPLOYMENTS]: items(
        web('web', 'kube-system'),
        web('web', 'shop-a', 'app', 'log'),
        web('web-2', 'shop-b'),
        web('db', 'data', 'db', 'log'),
      ),
      '/api/v1/namespaces': named('kube-system', 'shop-a', 'shop-b', 'data'),
    }
  })
  afterEach(async () => await world.close())
  const rows = async (scope: Partial<Scope>) =>
    (await world.rows({ kinds: ['Deployment'], ...scope })).map((row) => row.slice('Deployment '.length))
  const refusal = async (scope: Partial<Scope>) =>
    expectProblem(await world.reader.workloads({ namespaces: [], kinds: [], ...scope }))

  describe('exclude namespaces', () => {
    it('by name, beside the default, without asking which there are', async () => {
      expect(await rows({ excludeNamespaces: ['Data', 'gone'] })).toEqual([
        'shop-a/web/app',
        'shop-a/web/log',
        'shop-b/web-2/app',
      ])
      expect(world.paths()).toEqual([DEPLOYMENTS])
    })

    it('by patterns that match in full', async () => {
      expect(await rows({ excludeNamespaces: ['shop-.*', 'dat'] })).toEqual(['data/db/db', 'data/db/log'])
      expect(await rows({ excludeNamespaces: ['shop', '(hop)'] })).toHaveLength(5)
    })

    it('which win over those that were named, by name or by pattern', async () => {
      await world.rows({ kinds: ['Deployment'], namespaces: ['shop-.*', 'new'], excludeNamespaces: ['shop-b'] })
      await world.rows({ kinds: ['Deployment'], namespaces: ['shop-c', 'x'], excludeNamespaces: ['shop-.*'] })
      expect(world.paths()).toEqual([
        '/api/v1/namespaces',
        ...['new', 'shop-a', 'x'].map((name) => `/apis/apps/v1/namespaces/${name}/deployments`),
      ])
    })

    it('with kube-system shown when all are asked for, and hidden when it is excluded', async () => {
      expect(await rows({ namespaces: ['*'], excludeNamespaces: ['shop-.*', 'data'] })).toEqual(['kube-system/web/app'])
      expect(await rows({ namespaces: ['*'], excludeNamespaces: ['kube-system', 'data', 'shop-a'] })).toEqual([
        'shop-b/web-2/app',
      ])
    })

    it('for autoscalers too', async () => {
      expectOk(await world.reader.autoscalers({ namespaces: ['a', 'b'], kinds: [], excludeNamespaces: ['a'] }))
      expect(world.paths()).toEqual(['/apis/autoscaling/v2/namespaces/b/horizontalpodautoscalers'])
    })

    it('and say where was looked', async () => {
      const looked = async (scope: Partial<Scope>) => (await world.read({ kinds: ['Job'], ...scope })).looked
      expect(await looked({})).toEqual({ namespaces: [], except: ['kube-system'] })
      expect(await looked({ excludeNamespaces: ['shop-.*'] })).toEqual({
        namespaces: [],
        except: ['shop-a', 'shop-b', 'kube-system'],
      })
      expect(await looked({ namespaces: ['shop-.*'], excludeNamespaces: ['shop-b'] })).toEqual({
        namespaces: ['shop-a'],
        except: ['shop-b'],
      })
      expect(await looked({ namespaces: ['shop-a'], excludeNamespaces: ['shop-a'] })).toBeUndefined()
    })

    it.each(['*', '*shop', 'sh op', 'a/b', 'shop('])('and refuse %s', async (name) => {
      expect((await refusal({ excludeNamespaces: [name] })).reason).toBe('bad_setting')
      expect(world.paths()).not.toContain(DEPLOYMENTS)
    })

    it('and look at nothing when the namespaces for a pattern may not be listed', async () => {
      world.answers['/api/v1/namespaces'] = status(403, 'no')
      expect((await refusal({ excludeNamespaces: ['shop-.*'] })).reason).toBe('api_forbidden')
    })
  })

  describe('choose workloads and containers by name', () => {
    it.each<[readonly string[], readonly string[]]>([
      [['web'], ['shop-a/web/app', 'shop-a/web/log']],
      [['Web'], []],
      [['web-'], []],
      [['web*'], ['shop-a/web/app', 'shop-a/web/log', 'shop-b/web-2/app']],
      [
        ['*2', 'db'],
        ['shop-b/web-2/app', 'data/db/db', 'data/db/log'],
      ],
      [['w*b*2'], ['shop-b/web-2/app']],
      [['web*web*'], []],
      [['w*eb'], ['shop-a/web/app', 'shop-a/web/log']],
      [['we.'], []],
      [['*'], ['shop-a/web/app', 'shop-a/web/log', 'shop-b/web-2/app', 'data/db/db', 'data/db/log']],
      [[], ['shop-a/web/app', 'shop-a/web/log', 'shop-b/web-2/app', 'data/db/db', 'data/db/log']],
    ])('workloads %j', async (workloads, expected) => {
      expect(await rows({ workloads })).toEqual(expected)
    })

    it('containers in the same way, together with workloads', async () => {
      expect(await rows({ containers: ['log'] })).toEqual(['shop-a/web/log', 'data/db/log'])
      expect(await rows({ containers: ['l*', 'db'], workloads: ['d*'] })).toEqual(['data/db/db', 'data/db/log'])
    })

    it('in linear time', async () => {
      world.answers[DEPLOYMENTS] = items(web('a'.repeat(250), 'shop-a'))
      const before = performance.now()
      expect(await rows({ workloads: [`${'*a'.repeat(199)}b`] })).toEqual([])
      expect(performance.now() - before).toBeLessThan(1000)
    })

    it.each<[string, Partial<Scope>]>([
      ['an empty workload', { workloads: ['web', ''] }],
      ['an endless workload', { workloads: ['x'.repeat(401)] }],
      ['an empty container', { containers: [''] }],
      ['an endless container', { containers: ['*'.repeat(401)] }],
    ])('and refuse %s', async (_, scope) => {
      const problem = await refusal(scope)
      expect(problem.reason).toBe('bad_setting')
      expect(problem.message.length).toBeLessThan(200)
      expect(world.api.seen).toEqual([])
    })
  })

  describe('native sidecars', () => {
    const init = (name: string, more: object = {}) => ({ name, resources: { requests: { cpu: '10m' } }, ...more })
    beforeEach(() => {
      const spec = {
        containers: [init('app')],
        initContainers: [
          init('migrate'),
          init('proxy', { restartPolicy: 'Always' }),
          init('wait', { restartPolicy: 'OnFailure' }),
          init('log', { restartPolicy: 'Always' }),
        ],
      }
      const template = { spec }
      const selector = { matchLabels: { app: 'x' } }
      const one = (name: string, more: object) => items({ metadata: meta(name), spec: { selector, ...more } })
      world.answers = {
        [DEPLOYMENTS]: one('d', { template }),
        '/apis/argoproj.io/v1alpha1/rollouts': one('r', { workloadRef: { name: 'd' } }),
        '/apis/apps/v1/namespaces/shop/deployments/d': (response) =>
          response.end(JSON.stringify({ metadata: meta('d'), spec: { selector, template } })),
        '/apis/core.strimzi.io/v1beta2/strimzipodsets': one('k', { pods: [template] }),
        '/apis/apps.openshift.io/v1/deploymentconfigs': one('dc', { template }),
        '/apis/apps/v1/statefulsets': one('s', { template }),
        '/apis/apps/v1/daemonsets': one('ds', { template }),
        '/apis/batch/v1/jobs': items(
          { metadata: meta('j'), spec: { selector, template } },
          { metadata: meta('g', 'shop', { labels: { team: 'blue' } }), spec: { selector, template } },
        ),
        '/apis/batch/v1/cronjobs': one('c', { jobTemplate: { spec: { template } } }),
      }
    })
    const all = { jobGrouping: { labels: ['team'], limit: 5 } }

    it('are rows of their own, behind the containers, for every kind', async () => {
      const { containers, unread } = await world.read(all)
      expect(unread).toEqual([])
      const kinds = [...new Set(containers.map(({ kind }) => kind))]
      expect(kinds).toHaveLength(9)
      for (const kind of kinds) {
        const rowsOf = containers.filter((row) => row.kind === kind)
        expect(rowsOf.map(({ container, sidecar, deviations }) => [container, sidecar, deviations])).toEqual([
          ['app', undefined, undefined],
          ['proxy', true, ['native_sidecar']],
          ['log', true, ['native_sidecar']],
        ])
        expect(rowsOf[1]?.allocations.requests.cpu).toBe(0.01)
      }
    })

    it('are not there in krr’s way', async () => {
      const { containers } = await world.read({ ...all, compat: 'krr' })
      expect(containers).toHaveLength(9)
      expect(new Set(containers.map(({ container }) => container))).toEqual(new Set(['app']))
    })

    it('are chosen by name like any other container', async () => {
      expect(await rows({ kinds: ['Deployment'], containers: ['proxy'] })).toEqual(['shop/d/proxy'])
    })
  })
})
