import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type ConnectedReader, connectReader } from '../../../../src/adapters/kubernetes/read/connect-reader.ts'
import { ALL_KINDS } from '../../../../src/adapters/kubernetes/read/kinds/all-kinds.ts'
import type { Scope } from '../../../../src/model/observation.ts'
import { WORKLOAD_KINDS } from '../../../../src/model/workload.ts'
import { connectionTo, QUICK } from '../support/connection-to.ts'
import { expectOk, expectProblem } from '../support/expect-ok.ts'
import { type FakeApi, json, type Reply, startFakeApi, status } from '../support/fake-api.ts'

const meta = (name: string, namespace = 'shop', more: object = {}) => ({ name, namespace, uid: `uid-${name}`, ...more })
const pod = (...names: readonly string[]) => ({ spec: { containers: names.map((name) => ({ name, resources: {} })) } })
const items = (...list: readonly object[]) => json(200, { items: list })

describe('reading workloads', () => {
  let api: FakeApi
  let reader: ConnectedReader
  /** By path without query. */
  let answers: Record<string, Reply>
  beforeEach(async () => {
    api = await startFakeApi()
    answers = {}
    api.reply((response, request) => (answers[request.path.split('?')[0] ?? ''] ?? items())(response, request))
    reader = connectReader(connectionTo(api.origin), QUICK)
  })
  afterEach(async () => {
    await reader.close()
    await api.close()
  })
  const read = async (scope: Partial<Scope> = {}) =>
    expectOk(await reader.workloads({ namespaces: [], kinds: [], ...scope }))
  const rows = async (scope: Partial<Scope> = {}) =>
    (await read(scope)).containers.map(
      ({ kind, namespace, name, container }) => `${kind} ${namespace}/${name}/${container}`,
    )
  const paths = () => api.seen.map(({ path }) => path.split('?')[0])

  it('has every kind of krr that is an object, in krr’s order', () => {
    expect(ALL_KINDS.map(({ kind }) => kind)).toEqual(WORKLOAD_KINDS.filter((kind) => kind !== 'GroupedJob'))
  })

  it('finds the containers of every kind', async () => {
    const selector = {
      matchLabels: { app: 'x' },
      matchExpressions: [
        { key: 'tier', operator: 'In', values: ['a', 'b'] },
        { key: 'old', operator: 'DoesNotExist' },
      ],
    }
    const templated = (name: string) => ({ metadata: meta(name), spec: { selector, template: pod('one', 'two') } })
    answers = {
      '/apis/apps/v1/deployments': items(templated('d')),
      '/apis/argoproj.io/v1alpha1/rollouts': items(templated('r'), {
        metadata: meta('by-ref'),
        spec: { workloadRef: { kind: 'Deployment', name: 'base' } },
      }),
      '/apis/apps/v1/namespaces/shop/deployments/base': json(200, {
        metadata: meta('base'),
        spec: { selector, template: pod('borrowed') },
      }),
      '/apis/core.strimzi.io/v1beta2/strimzipodsets': items(
        { metadata: meta('kafka'), spec: { selector, pods: [pod('broker'), pod('other')] } },
        { metadata: meta('no-pods'), spec: { pods: [] } },
      ),
      '/apis/apps.openshift.io/v1/deploymentconfigs': items({
        metadata: meta('dc'),
        spec: { selector: { app: 'dc' }, template: pod('dc') },
      }),
      '/apis/apps/v1/statefulsets': items(templated('s')),
      '/apis/apps/v1/daemonsets': items(templated('ds')),
      '/apis/batch/v1/jobs': items(
        { metadata: meta('job'), spec: { template: pod('j') } },
        {
          metadata: meta('of-cron', 'shop', { ownerReferences: [{ kind: 'CronJob', name: 'cj' }] }),
          spec: { template: pod('j') },
        },
      ),
      '/apis/batch/v1/cronjobs': items({
        metadata: meta('cj'),
        spec: { jobTemplate: { spec: { template: pod('c') } } },
      }),
    }
    const { containers, unread } = await read()
    expect(unread).toEqual([])
    expect(containers.map(({ kind, name, container }) => `${kind} ${name}/${container}`)).toEqual([
      'Deployment d/one',
      'Deployment d/two',
      'Rollout r/one',
      'Rollout r/two',
      'Rollout by-ref/borrowed',
      'StrimziPodSet kafka/broker',
      'DeploymentConfig dc/dc',
      'StatefulSet s/one',
      'StatefulSet s/two',
      'DaemonSet ds/one',
      'DaemonSet ds/two',
      'Job job/j',
      'CronJob cj/c',
    ])
    const selectorOf = (wanted: string) => containers.find(({ name }) => name === wanted)?.selector
    expect(selectorOf('d')).toEqual(selector)
    expect(selectorOf('dc')).toEqual({ matchLabels: { app: 'dc' } })
    expect(selectorOf('cj')).toBeUndefined()
    expect(containers[4]).toMatchObject({ uid: 'uid-by-ref', name: 'by-ref' })
  })

  it('takes quantities as krr does, and says ? for what is none', async () => {
    const container = {
      name: 'app',
      resources: { requests: { cpu: '100u', memory: 1000 }, limits: { cpu: 'lots', memory: null } },
    }
    answers['/apis/apps/v1/deployments'] = items({
      metadata: meta('web'),
      spec: { template: { spec: { containers: [container, { name: 'bare' }] } } },
    })
    const { containers } = await read({ kinds: ['Deployment'] })
    expect(containers.map(({ allocations }) => allocations)).toEqual([
      { requests: { cpu: 1e-4, memory: 1000 }, limits: { cpu: '?', memory: null } },
      { requests: { cpu: null, memory: null }, limits: { cpu: null, memory: null } },
    ])
  })

  it.each<[string, object, boolean]>([
    ['a request in millionths', { requests: { cpu: '100u' } }, true],
    ['a limit in billionths', { limits: { memory: '5n' } }, true],
    ['something that is none', { limits: { cpu: 'lots' } }, true],
    ['something that is no text', { requests: { cpu: { value: 1 } } }, true],
    [
      'everything that krr can read',
      { requests: { cpu: '1e3', memory: 5 }, limits: { cpu: null, memory: '1Ei' } },
      false,
    ],
    ['another resource', { requests: { 'nvidia.com/gpu': '1u' } }, false],
    ['nothing', {}, false],
  ])('says that krr ends its scan over %s', async (_, resources, dies) => {
    answers['/apis/apps/v1/deployments'] = items({
      metadata: meta('web'),
      spec: { template: { spec: { containers: [{ name: 'app', resources }] } } },
    })
    for (const compat of ['fixed', 'krr'] as const) {
      const { containers } = await read({ kinds: ['Deployment'], compat })
      expect(containers.map(({ deviations }) => deviations)).toEqual([dies ? ['exact_quantity'] : undefined])
    }
  })

  it('keeps what was read when a kind is forbidden, not served or broken, and says so', async () => {
    answers = {
      '/apis/apps/v1/deployments': items({ metadata: meta('web'), spec: { template: pod('app') } }),
      '/apis/apps/v1/statefulsets': status(
        403,
        'statefulsets.apps is forbidden: User "x" cannot list resource "statefulsets" in API group "apps" at the cluster scope',
      ),
      '/apis/apps/v1/daemonsets': status(418, 'teapot'),
      '/apis/argoproj.io/v1alpha1/rollouts': (response) => response.writeHead(404).end('404 page not found\n'),
    }
    const { containers, unread } = await read()
    expect(containers).toHaveLength(1)
    expect(unread).toEqual([
      { kind: 'Rollout', reason: 'not_served', message: expect.any(String) },
      {
        kind: 'StatefulSet',
        reason: 'forbidden',
        message: 'You may not list statefulsets.apps in the whole cluster (context test).',
      },
      { kind: 'DaemonSet', reason: 'error', message: expect.stringContaining('teapot') },
    ])
  })

  it('says when a Rollout’s Deployment is missing, and keeps the other rows', async () => {
    answers = {
      '/apis/argoproj.io/v1alpha1/rollouts': items(
        { metadata: meta('lost'), spec: { workloadRef: { name: 'nowhere' } } },
        { metadata: meta('evil'), spec: { workloadRef: { name: '../secrets' } } },
        { metadata: meta('fine'), spec: { template: pod('app') } },
      ),
      '/apis/apps/v1/namespaces/shop/deployments/nowhere': status(404, 'not found'),
    }
    const { containers, unread } = await read({ kinds: ['rollout'] })
    expect(containers.map(({ name }) => name)).toEqual(['fine'])
    expect(unread.map(({ reason, message }) => `${reason}: ${message.split(' takes')[0]}`)).toEqual([
      'error: The Rollout shop/lost',
      'error: The Rollout shop/evil',
    ])
  })

  it('leaves out kube-system unless a namespace is named', async () => {
    const web = { metadata: meta('web'), spec: { template: pod('app') } }
    const dns = { metadata: meta('dns', 'kube-system'), spec: { template: pod('app') } }
    answers = {
      '/apis/apps/v1/deployments': items(dns, web),
      '/apis/apps/v1/namespaces/kube-system/deployments': items(dns),
    }
    expect(await rows({ kinds: ['Deployment'] })).toEqual(['Deployment shop/web/app'])
    expect(await rows({ kinds: ['Deployment'], namespaces: ['*'] })).toEqual([
      'Deployment kube-system/dns/app',
      'Deployment shop/web/app',
    ])
    expect(await rows({ kinds: ['Deployment'], namespaces: ['Kube-System'] })).toEqual([
      'Deployment kube-system/dns/app',
    ])
  })

  it('expands patterns against the existing namespaces: names first, then matches, none twice', async () => {
    answers['/api/v1/namespaces'] = items(
      ...['shop-a', 'shop-b', 'workshop', 'x'].map((name) => ({ metadata: { name } })),
    )
    await read({ kinds: ['Deployment'], namespaces: ['SHOP-B', 'shop-.*', '(x|shop)', 'new'] })
    expect(paths()).toEqual([
      '/api/v1/namespaces',
      ...['shop-b', 'new', 'shop-a', 'x'].map((name) => `/apis/apps/v1/namespaces/${name}/deployments`),
    ])
  })

  it('asks nothing when no namespace matches', async () => {
    answers['/api/v1/namespaces'] = items({ metadata: { name: 'x' } })
    expect(await rows({ namespaces: ['shop-.*'] })).toEqual([])
    expect(paths()).toEqual(['/api/v1/namespaces'])
  })

  it.each([['*shop'], ['sh op'], ['a/b'], ['shop('], [`${'a'.repeat(300)}.*`]])(
    'refuses the namespace %s',
    async (namespace) => {
      expect(expectProblem(await reader.workloads({ namespaces: [namespace], kinds: [] })).reason).toBe('bad_setting')
      expect(paths().filter((path) => path !== '/api/v1/namespaces')).toEqual([])
    },
  )

  it('does not hang on a pattern made to hang', async () => {
    answers['/api/v1/namespaces'] = items({ metadata: { name: `${'a'.repeat(60)}!` } })
    expect(expectProblem(await reader.workloads({ namespaces: ['(a*)*b'], kinds: [] })).message).toContain(
      'takes too long',
    )
  })

  it('knows the kinds in any case, and lists them for an unknown one', async () => {
    await read({ kinds: ['DAEMONSET', 'deployment'] })
    expect(paths()).toEqual(['/apis/apps/v1/deployments', '/apis/apps/v1/daemonsets'])
    expect(expectProblem(await reader.workloads({ namespaces: [], kinds: ['Pod'] }))).toMatchObject({
      reason: 'bad_setting',
      message: expect.stringContaining('StrimziPodSet, DeploymentConfig'),
    })
    expect((await read({ kinds: ['*'] })).unread).toEqual([])
  })

  it('has the server filter by label, autoscalers too', async () => {
    await read({ kinds: ['Job'], selector: 'team=blue' })
    expectOk(await reader.autoscalers({ namespaces: [], kinds: [], selector: 'team=blue' }))
    for (const { path } of api.seen) expect(path).toContain('labelSelector=team%3Dblue')
  })

  it('takes a cluster without autoscaling/v2 for one without autoscalers, and a refusal for a refusal', async () => {
    answers['/apis/autoscaling/v2/horizontalpodautoscalers'] = status(
      404,
      'the server could not find the requested resource',
    )
    expect(expectOk(await reader.autoscalers({ namespaces: [], kinds: [] }))).toEqual([])
    answers['/apis/autoscaling/v2/horizontalpodautoscalers'] = status(403, 'no')
    expect(expectProblem(await reader.autoscalers({ namespaces: [], kinds: [] })).reason).toBe('api_forbidden')
  })

  it('looks at autoscaling/v1 where there is no v2; krr fails at that and sees none', async () => {
    const notThere: Reply = (response) => response.writeHead(404).end('404 page not found\n')
    answers = {
      '/apis/autoscaling/v2/horizontalpodautoscalers': notThere,
      '/apis/autoscaling/v1/horizontalpodautoscalers': items({
        metadata: meta('web'),
        spec: {
          maxReplicas: 5,
          scaleTargetRef: { kind: 'Deployment', name: 'web' },
          targetCPUUtilizationPercentage: 80,
        },
        status: { currentReplicas: 2, desiredReplicas: 3 },
      }),
    }
    const scope = { namespaces: [], kinds: [] }
    expect(expectOk(await reader.autoscalers(scope))).toEqual([
      {
        namespace: 'shop',
        targetKind: 'Deployment',
        targetName: 'web',
        minReplicas: null,
        maxReplicas: 5,
        currentReplicas: 2,
        desiredReplicas: 3,
        cpuUtilization: 80,
        memoryUtilization: null,
      },
    ])
    expect(expectOk(await reader.autoscalers({ ...scope, compat: 'krr' }))).toEqual([])
    answers['/apis/autoscaling/v1/horizontalpodautoscalers'] = status(403, 'no')
    expect(expectProblem(await reader.autoscalers(scope)).reason).toBe('api_forbidden')
    answers['/apis/autoscaling/v1/horizontalpodautoscalers'] = notThere
    expect(expectOk(await reader.autoscalers(scope))).toEqual([])
  })
})
