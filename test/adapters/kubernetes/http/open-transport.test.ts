import { createServer, type Server } from 'node:net'
import { gzipSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { ApiRequest, ApiTransport } from '../../../../src/adapters/kubernetes/http/api-transport.ts'
import { openTransport } from '../../../../src/adapters/kubernetes/http/open-transport.ts'
import { PRODUCT_VERSION } from '../../../../src/model/product.ts'
import type { TransportOptions } from '../../../../src/adapters/kubernetes/http/transport-options.ts'
import type { ClusterConnection } from '../../../../src/adapters/kubernetes/kubeconfig/cluster-connection.ts'
import { problem } from '../../../../src/model/problem.ts'
import { failed, ok } from '../../../../src/model/result.ts'
import { connectionTo, QUICK } from '../support/connection-to.ts'
import { expectOk, expectProblem } from '../support/expect-ok.ts'
import { type FakeApi, json, type Reply, startFakeApi, status } from '../support/fake-api.ts'

const GET: ApiRequest = { method: 'GET', path: '/apis/apps/v1/namespaces/shop/deployments/web' }
const PATCH = { method: 'PATCH', contentType: 'application/json-patch+json', body: '[]' } as const
const WRITE: ApiRequest = { ...PATCH, path: `${GET.path}?fieldManager=krr-mcp` }
const DRY_RUN: ApiRequest = { ...PATCH, path: `${GET.path}?fieldManager=krr-mcp&dryRun=All` }

describe('the transport', () => {
  let api: FakeApi
  let transport: ApiTransport
  const open = (more: Partial<ClusterConnection> = {}, options: TransportOptions = QUICK): ApiTransport =>
    (transport = openTransport(connectionTo(api.origin, more), options))

  beforeEach(async () => {
    api = await startFakeApi()
    open()
  })
  afterEach(async () => {
    await transport.close()
    await api.close()
  })
  const problemOf = async (request: ApiRequest = GET) => expectProblem(await transport.send(request))

  it('says who asks, for whom, and takes the object as it is', async () => {
    await transport.close()
    open({
      basePath: '/k8s/clusters/c-1',
      impersonation: { user: 'ada', uid: 'u-1', groups: ['dev', 'ops'], extra: { 'Scopes/x': ['a', 'b'] } },
    })
    api.reply(json(200, { kind: 'Deployment', strange: [1, { deep: null }] }, { 'audit-id': 'a-1' }))
    expect(expectOk(await transport.send(GET))).toEqual({
      status: 200,
      body: { kind: 'Deployment', strange: [1, { deep: null }] },
      warnings: [],
      auditId: 'a-1',
    })
    expect(api.seen[0]).toMatchObject({
      path: `/k8s/clusters/c-1${GET.path}`,
      headers: {
        authorization: 'Bearer test-token',
        'user-agent': `krr-mcp-server/${PRODUCT_VERSION}`,
        'impersonate-user': 'ada',
        'impersonate-uid': 'u-1',
        'impersonate-group': 'dev, ops',
        'impersonate-extra-scopes%2fx': 'a, b',
      },
    })
  })

  it('keeps its connections', async () => {
    api.reply(json(200, {}))
    for (let count = 0; count < 5; count += 1) expectOk(await transport.send(GET))
    // Not five; a second one may be opened while the first is just becoming free.
    expect(api.connections()).toBeLessThanOrEqual(2)
  })

  it('unpacks gzip', async () => {
    api.reply((response, { headers }) => {
      expect(headers['accept-encoding']).toBe('gzip')
      response.writeHead(200, { 'content-encoding': 'gzip' })
      response.end(gzipSync(JSON.stringify({ packed: 'x'.repeat(1000) })))
    })
    expect(expectOk(await transport.send(GET)).body).toEqual({ packed: 'x'.repeat(1000) })
  })

  it.each<[string, (body: string) => Reply]>([
    ['plain', (body) => (response) => response.end(body)],
    ['packed', (body) => (response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(body))],
  ])('does not read a huge body to its end (%s)', async (_, reply) => {
    await transport.close()
    open({}, { ...QUICK, mostBytes: 100_000 })
    api.reply(reply(JSON.stringify({ much: 'x'.repeat(5_000_000) })))
    expect(await problemOf()).toMatchObject({ reason: 'api_error', message: expect.stringContaining('too large') })
    expect(api.seen).toHaveLength(1)
  })

  it('reads warnings, several in one header and several headers', async () => {
    api.reply(
      json(200, {}, { warning: ['299 - "unknown field \\"x\\"", 299 kube "old \u0085 version"', '199 - "not ours"'] }),
    )
    expect(expectOk(await transport.send(GET)).warnings).toEqual([
      'unknown field "x"',
      expect.stringMatching(/^old .*version$/),
    ])
  })

  it.each([
    [401, {}, 'api_unauthorized'],
    [404, {}, 'api_not_found'],
    [409, {}, 'api_conflict'],
    [422, {}, 'api_invalid'],
    [418, {}, 'api_error'],
  ])('takes status %i for what it is, and asks once', async (code, more, reason) => {
    api.reply(status(code, 'because', more))
    expect(await problemOf()).toMatchObject({ reason, message: expect.any(String), next: expect.any(String) })
    expect(api.seen).toHaveLength(1)
  })

  it('says which permission a 403 is about, and how to check it as the same identity', async () => {
    await transport.close()
    open({ context: "o'prod", impersonation: { user: 'ada', groups: ['dev'] } })
    api.reply(
      status(
        403,
        'deployments.apps "web" is forbidden: User "ada" cannot patch resource "deployments" in API group "apps" in the namespace "shop"',
      ),
    )
    expect(await problemOf()).toEqual({
      reason: 'api_forbidden',
      message: "You may not patch deployments.apps in namespace shop (context o'prod).",
      next: "Check with `kubectl --context 'o'\\''prod' --as ada --as-group dev auth can-i patch deployments.apps -n shop`, and ask who runs the cluster for this permission.",
    })
  })

  it.each([
    [
      'users "ada" is forbidden: User "me" cannot impersonate resource "users" in API group "" at the cluster scope',
      'You may not impersonate users in the whole cluster',
      '`kubectl --kubeconfig /k --context test auth can-i impersonate users --all-namespaces`',
    ],
    [
      'forbidden: User "me" cannot get path "/version"',
      'You may not get /version',
      '`kubectl --kubeconfig /k --context test --as ada auth can-i get /version`',
    ],
  ])('understands %s', async (text, message, next) => {
    await transport.close()
    open({ kubeconfig: '/k', impersonation: { user: 'ada', groups: [] } })
    api.reply(status(403, text))
    expect(await problemOf()).toMatchObject({
      message: expect.stringContaining(message),
      next: expect.stringContaining(next),
    })
  })

  it('does not blame a role when an admission rule says 403', async () => {
    api.reply(status(403, 'pods "web" is forbidden: exceeded quota: compute'))
    expect(await problemOf()).toMatchObject({
      message: expect.stringContaining('exceeded quota'),
      next: expect.stringContaining('no missing role'),
    })
  })

  it('never puts a server’s words into a command to paste', async () => {
    api.reply(status(403, 'x cannot get resource "pods;rm -rf ~" in API group "" at the cluster scope'))
    expect((await problemOf()).next).not.toContain('rm -rf')
  })

  it('caps and cleans a server’s words', async () => {
    api.reply(status(409, `\u001b[2J\u202eevil\u200b\n${'x'.repeat(5000)}`))
    const { message } = await problemOf()
    expect(message.length).toBeLessThan(500)
    // oxlint-disable-next-line no-control-regex
    expect(message).not.toMatch(/[\u0000-\u001f\u200b\u202e]/)
  })

  it('names the fields that a 422 is about', async () => {
    const causes = [
      {
        field: 'spec.template.spec.containers[0].resources.requests',
        message: 'must be less than or equal to cpu limit',
      },
    ]
    api.reply(status(422, 'invalid', { details: { causes } }))
    expect((await problemOf()).message).toContain(
      'containers[0].resources.requests: must be less than or equal to cpu limit',
    )
  })

  it('asks again after 429 as long as the server wants, at most three times', async () => {
    api.reply(status(429, 'slow down'), json(200, { ok: true }))
    expect(expectOk(await transport.send(GET)).body).toEqual({ ok: true })
    api.reply(json(429, {}, { 'retry-after': '1' }), json(200, {}))
    const before = Date.now()
    expectOk(await transport.send(GET))
    expect(Date.now() - before).toBeGreaterThanOrEqual(990)
    api.reply(status(429, 'slow down'))
    expect(await problemOf()).toMatchObject({ reason: 'api_rate_limited' })
    expect(api.seen).toHaveLength(2 + 2 + 3)
  })

  it('does not wait for minutes because a server says so', async () => {
    api.reply(json(429, {}, { 'retry-after': '600' }))
    expect(await problemOf()).toMatchObject({ reason: 'api_rate_limited', message: expect.stringContaining('600 s') })
    expect(api.seen).toHaveLength(1)
  })

  it('repeats reads and dry runs after 500 and lost connections, and never a write', async () => {
    api.reply(status(500, 'oops'), (response) => response.destroy(), json(200, {}))
    expectOk(await transport.send(GET))
    api.reply(status(503, 'oops'), json(200, {}))
    expectOk(await transport.send(DRY_RUN))
    expect(api.seen).toHaveLength(5)
    for (const lost of [status(500, 'oops'), (response) => response.destroy(), () => {}] satisfies Reply[]) {
      api.reply(lost, json(200, {}))
      expect((await problemOf(WRITE)).message).toContain('unknown whether the write was taken')
    }
    expect(api.seen).toHaveLength(8)
  })

  it('leaves no doubt about a write that the server refused', async () => {
    api.reply(status(409, 'changed'))
    expect((await problemOf(WRITE)).message).not.toContain('unknown')
  })

  it('doubts a write whose answer is cut off or no JSON', async () => {
    api.reply((response) => response.end('{"kind":'))
    expect(await problemOf(WRITE)).toMatchObject({
      reason: 'api_malformed',
      message: expect.stringContaining('unknown whether'),
    })
  })

  it.each([
    ['truncated', '{"items": ['],
    ['not JSON', '<html>'],
    ['not an object', '[1]'],
    ['empty', ''],
  ])('takes a %s answer for malformed', async (_, text) => {
    api.reply((response) => response.end(text))
    expect(await problemOf()).toMatchObject({ reason: 'api_malformed' })
  })

  it('never follows a redirect', async () => {
    const elsewhere = await startFakeApi()
    for (const code of [301, 302, 307, 308]) {
      api.reply((response) => response.writeHead(code, { location: `${elsewhere.origin}/steal` }).end())
      expect(await problemOf()).toMatchObject({
        reason: 'api_error',
        message: expect.stringContaining(`redirected to ${elsewhere.origin}`),
      })
    }
    expect(elsewhere.seen).toEqual([])
    await elsewhere.close()
  })

  it('gives up on a slow server, before the headers and in the middle of a body', async () => {
    await transport.close()
    open({}, { ...QUICK, attempts: 1 })
    api.reply(() => {})
    expect(await problemOf()).toMatchObject({
      reason: 'api_unreachable',
      message: expect.stringContaining('did not answer in time'),
    })
    api.reply((response) => void response.writeHead(200).write('{"a":'))
    expect(await problemOf()).toMatchObject({
      reason: 'api_unreachable',
      message: expect.stringContaining('did not answer in time'),
    })
  })

  it('gives up on a server that sends a byte now and then for ever', async () => {
    await transport.close()
    open({}, { ...QUICK, attempts: 1 })
    api.reply((response) => {
      const timer = setInterval(() => response.write(' '), 50)
      response.on('close', () => clearInterval(timer))
    })
    expect(await problemOf()).toMatchObject({
      reason: 'api_unreachable',
      message: expect.stringContaining('did not answer in time'),
    })
  })

  it('sends nothing without the credential that there should be', async () => {
    await transport.close()
    open({ authorization: () => Promise.resolve(failed(problem('credential_failed', 'no', 'log in'))) })
    expect(await problemOf()).toMatchObject({ reason: 'credential_failed' })
    expect(api.seen).toEqual([])
  })

  it('asks once for a fresh credential after a 401, and not for a write', async () => {
    let token = 'old'
    let refusals = 0
    const renewing = {
      authorization: () => Promise.resolve(ok(`Bearer ${token}`)),
      refused: () => {
        token = 'new'
        refusals += 1
        return true
      },
    }
    await transport.close()
    open(renewing)
    api.reply(status(401, 'expired'), json(200, {}))
    expectOk(await transport.send(GET))
    expect(api.seen.map(({ headers }) => headers.authorization)).toEqual(['Bearer old', 'Bearer new'])
    api.reply(status(401, 'expired'))
    expect(await problemOf(WRITE)).toMatchObject({ reason: 'api_unauthorized' })
    expect(api.seen).toHaveLength(3)
    // But what was refused is forgotten, so that the next write does not fail for the same reason.
    expect(refusals).toBe(2)
  })

  it.each([
    '/api/v1/../secrets',
    '/api//pods',
    '/api/v1/pods#x',
    '/api/v1/pods/%2e%2e',
    '/api/v1/pods\\x',
    '/api/v1/pöds',
    '/api/v1/p ods',
    'api',
  ])('does not send a path that can be read in two ways: %s', async (path) => {
    expect(await problemOf({ method: 'GET', path })).toMatchObject({ reason: 'request_refused_here' })
    expect(api.seen).toEqual([])
  })

  it('says that nobody listens', async () => {
    const origin = api.origin
    await api.close()
    transport = openTransport(connectionTo(origin), QUICK)
    expect(await problemOf()).toMatchObject({
      reason: 'api_unreachable',
      message: expect.stringContaining('ECONNREFUSED'),
      next: expect.stringContaining('get --raw /readyz'),
    })
    expect((await problemOf(WRITE)).message).not.toContain('unknown whether')
    api = await startFakeApi()
  })

  it('says that something else than HTTP answers', async () => {
    const server: Server = createServer((socket) => void socket.end('SSH-2.0-nonsense\r\n')).listen(0, '127.0.0.1')
    await new Promise((resolve) => server.once('listening', resolve))
    const { port } = server.address() as { port: number }
    const other = openTransport(connectionTo(`http://127.0.0.1:${port}`), QUICK)
    expect(expectProblem(await other.send(GET)).reason).toBe('api_malformed')
    await other.close()
    server.close()
  })
})
