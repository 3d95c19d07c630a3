import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, it, onTestFinished } from 'vitest'
import { connectReader } from '../../../src/adapters/kubernetes/read/connect-reader.ts'
import { noCredential } from '../../../src/adapters/prometheus/auth/no-credential.ts'
import { ENGINES } from '../../../src/adapters/prometheus/discovery/engines.ts'
import { openPrometheus, type ClusterSide } from '../../../src/main/wire/open-prometheus.ts'
import { prometheusTarget } from '../../../src/main/wire/prometheus-target.ts'
import { reachCandidate } from '../../../src/main/wire/reach-candidate.ts'
import type { KubeObject } from '../../../src/model/observation.ts'
import { ok } from '../../../src/model/result.ts'
import { unixSeconds } from '../../../src/model/time.ts'
import type { CommonOptions } from '../../../src/surfaces/options/option-values.ts'
import { connectionTo } from '../../adapters/kubernetes/support/connection-to.ts'
import { type FakeApi, json, type SeenRequest, startFakeApi } from '../../adapters/kubernetes/support/fake-api.ts'
import { answeringServer, says, vector } from '../../adapters/prometheus/support/answering-server.ts'
import { service } from '../../adapters/prometheus/support/listed-objects.ts'
import { temporaryDirectory } from '../../harness/temporary-directory.ts'
import { problemOf, valueOf } from '../../safety/support/value-of.ts'

const AT = unixSeconds(1_793_491_200)
const PROMETHEUS = { app: 'prometheus-server' }
const THANOS = { app: 'thanos-query' }
const MIMIR = { 'app.kubernetes.io/name': 'mimir', 'app.kubernetes.io/component': 'query-frontend' }
const LABEL_VALUES = JSON.stringify({ status: 'success', data: ['eu-1', 'us-1'] })

const cleanUp: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const end of cleanUp.splice(0).reverse()) await end()
})

/** An API server with these services, whose proxy answers every query. */
async function clusterOf(
  services: readonly KubeObject[],
): Promise<{ api: FakeApi; side: ClusterSide; asked: () => number }> {
  const api = await startFakeApi()
  cleanUp.push(() => api.close())
  api.reply((response, request) => {
    const url = new URL(request.path, 'http://x')
    if (url.pathname.includes('/proxy/')) return says(200, vector([]))(response, 1)
    const [key = '', value = ''] = (url.searchParams.get('labelSelector') ?? '').split(',')[0]?.split('=') ?? []
    const items = services.filter(({ metadata }) => {
      const { labels } = metadata as unknown as { labels: Record<string, string> }
      return key === '' || labels[key] === value
    })
    return json(200, { items: url.pathname.endsWith('/services') ? items : [] })(response, request)
  })
  const connection = connectionTo(api.origin)
  const reader = connectReader(connection)
  cleanUp.push(() => reader.close())
  let asked = 0
  const counted = <Value>(value: Value) => {
    asked += 1
    return Promise.resolve(ok(value))
  }
  const side = { connection: () => counted(connection), reader: () => counted(reader) }
  return { api, side, asked: () => asked }
}
async function metrics(body = vector([])) {
  const server = await answeringServer((response, attempt) => {
    const labels = server.asked.at(-1)?.path.includes('/label/')
    says(200, labels ? LABEL_VALUES : body)(response, attempt)
  })
  cleanUp.push(server.close)
  return server
}
async function opened(options: CommonOptions, side: ClusterSide, environment: Record<string, string> = {}) {
  const usage = await openPrometheus(options, side, environment)
  if (usage.ok) cleanUp.push(() => usage.value.close())
  return usage
}
const proxied = (api: FakeApi): readonly SeenRequest[] => api.seen.filter(({ path }) => path.includes('/proxy/'))
const paramsOf = ({ path }: SeenRequest) => Object.fromEntries(new URL(path, 'http://x').searchParams)

describe('a URL that was named', () => {
  it('gets nothing of the cluster’s: not even the kubeconfig is opened', async () => {
    const [{ api, side, asked }, server] = [await clusterOf([]), await metrics()]
    const usage = valueOf(await opened({ prometheusUrl: server.url }, side))
    await usage.instant('up', AT)
    expect(server.asked[0]?.headers.authorization).toBeUndefined()
    expect([asked(), api.connections()]).toEqual([0, 0])
    expect(usage).toMatchObject({ origin: server.url, notes: [] })
  })

  it('gets the credential, the headers and the tenant that are for it', async () => {
    const [{ side }, server] = [await clusterOf([]), await metrics()]
    const options = {
      prometheusUrl: server.url,
      prometheusAuthHeader: 'Bearer mine',
      prometheusHeaders: ['x-key: a:b'],
      prometheusTenant: 'team-a',
      prometheusMethod: 'get',
    }
    await valueOf(await opened(options, side)).instant('up', AT)
    expect(server.asked[0]).toMatchObject({
      method: 'GET',
      headers: { authorization: 'Bearer mine', 'x-key': 'a:b', 'x-scope-orgid': 'team-a' },
    })
  })

  it.each([
    [{ prometheusUrl: 'http://p.example:9090' }, /plain HTTP \(http:\/\/p\.example:9090\).*can change the numbers/],
    [{ prometheusUrl: 'http://p.example', prometheusAuthHeader: 'Bearer s3cret' }, /read the login/],
    [{ prometheusUrl: 'https://p.example', prometheusInsecureSkipVerify: true as const }, /is not verified/],
  ])('%j is noted for what is not safe about it', async (options, words) => {
    const { notes } = valueOf(await opened(options, (await clusterOf([])).side))
    expect(notes).toEqual([expect.stringMatching(words)])
    expect(notes.join('')).not.toContain('s3cret')
  })

  it.each(['https://p.example', 'http://localhost:9090', 'http://127.0.0.1:9090', 'http://[::1]:9090'])(
    '%s has nothing to note',
    async (prometheusUrl) => {
      expect(valueOf(await opened({ prometheusUrl }, (await clusterOf([])).side)).notes).toEqual([])
    },
  )
})

describe('a credential', () => {
  const SECRETS: readonly CommonOptions[] = [
    { prometheusAuthHeader: 'Bearer s3cret' },
    { prometheusAuthFile: '/s3cret' },
    { prometheusUser: 's3cret', prometheusPasswordFile: '/x' },
    { prometheusHeaders: ['x-key: s3cret'] },
    { coralogixToken: 's3cret' },
    { eksManagedProm: true },
    { azureManagedProm: true },
    { gcpManagedProm: true },
  ]

  it.each(SECRETS)(
    '%j goes to no address that was only discovered: it is refused before anybody is asked',
    async (secret) => {
      const { api, side, asked } = await clusterOf([service('mon/p', { labels: PROMETHEUS })])
      const problem = problemOf(await opened(secret, side))
      expect(problem).toMatchObject({ reason: 'bad_setting', next: expect.stringContaining('--prometheus-url') })
      expect(problemOf(await opened({ ...secret, prometheusService: 'mon/p:9090' }, side)).reason).toBe('bad_setting')
      expect([asked(), api.connections()]).toEqual([0, 0])
      expect(JSON.stringify(problem)).not.toContain('s3cret')
    },
  )

  it('is not handed to what was found in the cluster, even if it got so far', async () => {
    const [{ api }, server] = [await clusterOf([]), await metrics()]
    const target = valueOf(prometheusTarget({ prometheusTenant: 'team-a' }, {}))
    const credential = { ...noCredential, headersFor: () => Promise.resolve(ok({ authorization: 'Bearer s3cret' })) }
    const settings = { ...target.settings, credential, headers: { 'x-key': 's3cret' } }
    const found = { engine: ENGINES[2], namespace: 'a', name: 'b', prefix: '' }
    const through = { connection: connectionTo(api.origin), target: { ...target, settings }, inCluster: true }
    const usage = reachCandidate({ kind: 'ingress', origin: server.url, ...found }, through)
    cleanUp.push(() => usage.close())
    expect((await usage.instant('up', AT)).ok).toBe(true)
    expect(JSON.stringify(server.asked)).not.toContain('s3cret')
    expect(server.asked[0]?.headers).toMatchObject({ 'x-scope-orgid': 'team-a' })
    expect(server.asked[0]?.headers.authorization).toBeUndefined()
    expect(api.connections()).toBe(0)
  })

  it('is one of its kind', async () => {
    const { side } = await clusterOf([])
    const prometheusUrl = 'https://p.example'
    for (const [index, one] of SECRETS.entries()) {
      const other = SECRETS[(index + 1) % SECRETS.length]
      const both = { prometheusUrl, ...one, ...other }
      // More headers may go with any login, but not a second Authorization.
      if (both.prometheusHeaders) both.prometheusHeaders = ['Authorization: Bearer other']
      expect(problemOf(await opened(both, side)).reason).toBe('bad_setting')
    }
  })

  it.each([{ eksManagedProm: true }, { azureManagedProm: true }, { gcpManagedProm: true }] as const)(
    '%j of a cloud never travels in the clear',
    async (cloud) => {
      const problem = problemOf(
        await opened({ ...cloud, prometheusUrl: 'http://p.example' }, (await clusterOf([])).side),
      )
      expect(problem.message).toContain('plain HTTP')
    },
  )

  it('of OpenShift is the pod’s own token, for OpenShift’s own address', async () => {
    const { path, remove } = await temporaryDirectory('openshift')
    onTestFinished(remove)
    mkdirSync(join(path, 'sa'))
    writeFileSync(join(path, 'sa', 'token'), 'pod-token')
    const { side } = await clusterOf([])
    expect(problemOf(await opened({ openshift: true }, side, { SA_TOKEN_PATH: join(path, 'none') }))).toMatchObject({
      reason: 'bad_setting',
      message: expect.stringContaining('there is none here'),
    })
    const usage = valueOf(await opened({ openshift: true }, side, { SA_TOKEN_PATH: join(path, 'sa', 'token') }))
    expect(usage.origin).toBe('https://thanos-querier.openshift-monitoring.svc:9091')
    const server = await metrics()
    const named = { openshift: true, prometheusUrl: server.url } as const
    await valueOf(await opened(named, side, { SA_TOKEN_PATH: join(path, 'sa', 'token') })).instant('up', AT)
    expect(server.asked[0]?.headers.authorization).toBe('Bearer pod-token')
  })
})

describe('a Prometheus in the cluster', () => {
  it('is reached through the API server, with the cluster’s credential and GET, and named', async () => {
    const { api, side } = await clusterOf([service('mon/p', { labels: PROMETHEUS })])
    const usage = valueOf(await opened({}, side))
    expect((await usage.instant('up', AT)).ok).toBe(true)
    expect(usage).toMatchObject({
      engine: 'Prometheus',
      origin: 'mon/p:9090 (service, through the API server)',
      notes: ['Found in the cluster: Prometheus, service mon/p:9090, through the API server.'],
    })
    const [checked, asked] = proxied(api)
    expect(paramsOf(checked!)).toMatchObject({ query: 'vector(1)' })
    expect(asked).toMatchObject({
      method: 'GET',
      path: '/api/v1/namespaces/mon/services/p:9090/proxy/api/v1/query?query=up&time=1793491200&timeout=120s',
      headers: { authorization: 'Bearer test-token' },
    })
    expect(asked?.headers['x-scope-orgid']).toBeUndefined()
  })

  it.each([
    [THANOS, { dedup: 'true', partial_response: 'false', max_source_resolution: '0s' }],
    [MIMIR, {}],
    [PROMETHEUS, {}],
  ])('%j gets the parameters of its engine and no others', async (labels, more) => {
    const { api, side } = await clusterOf([service('mon/p', { labels })])
    await valueOf(await opened({}, side)).instant('up', AT)
    const params = { query: 'up', time: '1793491200', timeout: '120s', ...more }
    expect(paramsOf(proxied(api).at(-1)!)).toEqual(params)
  })

  it('that has tenants is asked as anonymous, or as the tenant that was named', async () => {
    const { api, side } = await clusterOf([service('mon/m', { labels: MIMIR })])
    await valueOf(await opened({}, side)).instant('up', AT)
    expect(proxied(api).at(-1)).toMatchObject({
      path: expect.stringContaining('/proxy/prometheus/api/v1/query?'),
      headers: { 'x-scope-orgid': 'anonymous' },
    })
    await valueOf(await opened({ prometheusTenant: 'team-a' }, side)).instant('up', AT)
    expect(proxied(api).at(-1)?.headers['x-scope-orgid']).toBe('team-a')
  })

  it('can be named as a service; what the API server does not verify is noted', async () => {
    const ports = [{ name: 'https', port: 9443 }]
    const { api, side } = await clusterOf([
      service('mon/own', { labels: {}, ports }),
      service('a/p', { labels: PROMETHEUS }),
    ])
    const usage = valueOf(await opened({ prometheusService: 'mon/own:9443' }, side))
    await usage.instant('up', AT)
    expect(proxied(api)).toMatchObject([
      { path: expect.stringContaining('/namespaces/mon/services/https:own:9443/proxy/api/v1/query?') },
    ])
    expect(usage.engine).toBeUndefined()
    expect(usage.notes).toEqual([expect.stringContaining('does not verify the certificate')])
  })

  it('asked for more than an address can hold is asked for less', async () => {
    const { api, side } = await clusterOf([service('mon/p', { labels: PROMETHEUS })])
    const usage = valueOf(await opened({}, side))
    const before = api.seen.length
    expect(await usage.instant('x'.repeat(6000), AT)).toMatchObject({ ok: false, problem: { tooMuch: true } })
    expect(api.seen).toHaveLength(before)
  })

  it('is asked again while it is starting, and given up by whoever asked', async () => {
    const { api, side } = await clusterOf([service('mon/p', { labels: PROMETHEUS })])
    const usage = valueOf(await opened({}, side))
    api.reply(
      (response) => says(503, 'starting', { 'retry-after': '0' })(response, 1),
      (response) => says(200, vector([]))(response, 1),
    )
    expect((await usage.instant('up', AT)).ok).toBe(true)
    api.reply(() => undefined)
    const giveUp = new AbortController()
    const waiting = usage.instant('up', AT, giveUp.signal)
    setTimeout(() => giveUp.abort(), 50)
    expect(problemOf(await waiting).reason).toBe('cancelled')
  })
})

describe('one cluster of several in a Prometheus', () => {
  it('is chosen by a label and its value, which must exist', async () => {
    const [{ side }, server] = [await clusterOf([]), await metrics()]
    const label = { prometheusUrl: server.url, prometheusLabel: 'cluster' }
    const usage = valueOf(await opened({ ...label, prometheusClusterLabel: 'eu-1' }, side))
    expect(usage.clusterLabel).toEqual({ name: 'cluster', value: 'eu-1' })
    expect(problemOf(await opened({ ...label, prometheusClusterLabel: 'eu-2' }, side))).toMatchObject({
      reason: 'prometheus_cluster_unknown',
      message: expect.stringContaining('the values are eu-1, us-1'),
    })
  })

  it.each<CommonOptions>([
    { prometheusLabel: 'cluster' },
    { prometheusClusterLabel: 'eu-1' },
    { prometheusLabel: 'cluster', prometheusClusterLabel: '' },
    { prometheusLabel: 'a"b', prometheusClusterLabel: 'eu-1' },
    { prometheusLabel: 'a/../b', prometheusClusterLabel: 'eu-1' },
  ])('%j is refused: krr would find nothing', async (half) => {
    const server = await metrics()
    const problem = problemOf(await opened({ ...half, prometheusUrl: server.url }, (await clusterOf([])).side))
    expect(problem.reason).toBe('bad_setting')
    expect(server.connections()).toBe(0)
  })
})

it.each<CommonOptions>([
  { prometheusUrl: 'http://a', prometheusService: 'a/b:1' },
  { prometheusUrl: 'https://a', prometheusInsecureSkipVerify: true, prometheusSslEnabled: true },
  { prometheusUrl: 'https://a', prometheusInsecureSkipVerify: true, prometheusCaFile: '/x' },
  { prometheusUrl: 'https://a', prometheusCaFile: '/nonexistent' },
  { prometheusUrl: 'https://a', prometheusMethod: 'PUT' },
  { prometheusUrl: 'https://a', prometheusUser: 'a' },
  { prometheusUrl: 'https://a', prometheusPasswordFile: '/a' },
  { prometheusUrl: 'https://a', eksSecretKey: 'a' },
  { prometheusUrl: 'https://a', prometheusHeaders: ['Host: b'] },
  { prometheusUrl: 'https://a', prometheusTenant: 'a', prometheusHeaders: ['x-scope-orgid: b'] },
  { prometheusTenant: 'a\r\nauthorization: b' },
  { prometheusTenant: '' },
])('%j contradicts itself, and is refused', async (options) => {
  expect(problemOf(await opened(options, (await clusterOf([])).side)).reason).toBe('bad_setting')
})
