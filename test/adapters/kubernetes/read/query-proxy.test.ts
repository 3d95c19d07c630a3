import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { ApiRequest } from '../../../../src/adapters/kubernetes/http/api-transport.ts'
import { openRawTransport } from '../../../../src/adapters/kubernetes/http/open-transport.ts'
import {
  connectQueryProxy,
  queryProxyTransport,
  type ProxiedService,
} from '../../../../src/adapters/kubernetes/read/query-proxy.ts'
import { connectionTo, QUICK } from '../support/connection-to.ts'
import { type FakeApi, json, startFakeApi, status } from '../support/fake-api.ts'

const PROXY = '/api/v1/namespaces/mon/services/prometheus:9090/proxy'
const SERVICE: ProxiedService = { namespace: 'mon', service: 'prometheus', scheme: 'http', port: '9090', prefix: '' }
const get = (path: string): ApiRequest => ({ method: 'GET', path })

describe('the proxy of questions', () => {
  let api: FakeApi
  beforeEach(async () => {
    api = await startFakeApi()
    api.reply(json(200, { status: 'success' }))
  })
  afterEach(async () => await api.close())
  const guarded = () => queryProxyTransport(openRawTransport(connectionTo(api.origin), QUICK))
  const asked = (service: ProxiedService = SERVICE) => connectQueryProxy(connectionTo(api.origin), service, QUICK)

  it.each<[string, ApiRequest]>([
    ['a form', { method: 'POST', path: `${PROXY}/api/v1/query`, body: 'query=up' }],
    ['a GET with a body', { ...get(`${PROXY}/api/v1/query?query=up`), body: 'x' }],
    ['a deletion of series', get(`${PROXY}/api/v1/admin/tsdb/delete_series`)],
    ['the end of the server', get(`${PROXY}/-/quit`)],
    ['a query path in the query', get(`${PROXY}/-/quit?x=/api/v1/query`)],
    ['another path below a query', get(`${PROXY}/api/v1/query/../admin`)],
    ['something behind a query path', get(`${PROXY}/api/v1/query/x`)],
    ['another prefix', get(`${PROXY}/internal/api/v1/query`)],
    ['the series', get(`${PROXY}/api/v1/series?match[]=up`)],
    ['a label that is none', get(`${PROXY}/api/v1/label/a%2Fb/values`)],
    ['a pod', get('/api/v1/namespaces/mon/pods/prometheus-0:9090/proxy/api/v1/query')],
    ['a node', get('/api/v1/nodes/node-a/proxy/api/v1/query')],
    ['a service without a port', get('/api/v1/namespaces/mon/services/prometheus/proxy/api/v1/query')],
    ['an object', get('/api/v1/namespaces/mon/services/prometheus')],
    ['a secret', get('/api/v1/namespaces/mon/secrets/x')],
  ])('lets no %s through: nothing is connected', async (_, request) => {
    const transport = guarded()
    const answer = await transport.sendRaw(request)
    await transport.close()
    expect(answer).toMatchObject({ ok: false, problem: { problem: { reason: 'request_refused_here' }, again: false } })
    expect(api.connections()).toBe(0)
  })

  it.each<[ProxiedService, string]>([
    [SERVICE, `${PROXY}/api/v1/query?query=up`],
    [
      { ...SERVICE, scheme: 'https' },
      '/api/v1/namespaces/mon/services/https:prometheus:9090/proxy/api/v1/query?query=up',
    ],
    [{ ...SERVICE, prefix: '/select/0/prometheus' }, `${PROXY}/select/0/prometheus/api/v1/query?query=up`],
    [{ ...SERVICE, prefix: '/prometheus' }, `${PROXY}/prometheus/api/v1/query?query=up`],
  ])('asks %j with the cluster’s credential, and the API server alone', async (service, path) => {
    const proxy = asked(service)
    expect(await proxy.ask({ path: '/api/v1/query?query=up', tenant: 'team-a' })).toMatchObject({
      ok: true,
      value: { status: 200, text: '{"status":"success"}' },
    })
    await proxy.close()
    expect(api.seen).toMatchObject([
      { method: 'GET', path, headers: { authorization: 'Bearer test-token', 'x-scope-orgid': 'team-a' } },
    ])
  })

  it('hands on what the service says, whatever its status', async () => {
    const proxy = asked()
    api.reply(json(422, { status: 'error', errorType: 'execution', error: 'too many samples' }, { 'retry-after': '7' }))
    const answer = await proxy.ask({ path: '/api/v1/query?query=up' })
    expect(answer).toMatchObject({
      ok: true,
      value: { status: 422, text: expect.stringContaining('too many samples') },
    })
    expect(answer.ok && answer.value.header('retry-after')).toBe('7')
    await proxy.close()
  })

  it.each([
    [403, 'api_forbidden', false],
    [503, 'api_error', true],
    [429, 'api_rate_limited', true],
  ])('tells the API server’s own %i from the service’s', async (code, reason, again) => {
    const proxy = asked()
    const denied =
      'services "http:prometheus:9090" is forbidden: User "ada" cannot get resource "services/proxy" in API group "" in the namespace "mon"'
    api.reply(status(code, code === 403 ? denied : 'no endpoints available for service "prometheus"'))
    const answer = await proxy.ask({ path: '/api/v1/query?query=up' })
    expect(answer).toMatchObject({ ok: false, problem: { problem: { reason }, again } })
    if (code === 403 && !answer.ok)
      expect(answer.problem.problem.message).toContain('You may not get services/proxy in namespace mon')
    await proxy.close()
  })

  it('follows no redirect that the service makes', async () => {
    const elsewhere = await startFakeApi()
    api.reply((response) => response.writeHead(307, { location: `${elsewhere.origin}/api/v1/query` }).end())
    const proxy = asked()
    expect(await proxy.ask({ path: '/api/v1/query?query=up' })).toMatchObject({ ok: true, value: { status: 307 } })
    await proxy.close()
    expect([api.seen.length, elsewhere.connections()]).toEqual([1, 0])
    await elsewhere.close()
  })
})
