import { createServer } from 'node:http'
import { connect } from 'node:net'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { ApiTransport } from '../../../../src/adapters/kubernetes/http/api-transport.ts'
import { openTransport } from '../../../../src/adapters/kubernetes/http/open-transport.ts'
import type {
  ClientCertificate,
  ClusterConnection,
  ConnectionTls,
} from '../../../../src/adapters/kubernetes/kubeconfig/cluster-connection.ts'
import { ok } from '../../../../src/model/result.ts'
import { connectionTo, QUICK } from '../support/connection-to.ts'
import { expectOk, expectProblem } from '../support/expect-ok.ts'
import { type FakeApi, json, startFakeApi } from '../support/fake-api.ts'
import { makeCertificate } from '../support/make-certificate.ts'

const authority = makeCertificate({ commonName: 'test CA', authority: true })
const server = makeCertificate({
  commonName: 'server',
  issuer: authority,
  dnsNames: ['kubernetes'],
  ips: ['127.0.0.1'],
})
const GET = { method: 'GET', path: '/api/v1/pods' } as const

describe('the transport over TLS', () => {
  let api: FakeApi
  let transport: ApiTransport | undefined
  beforeAll(async () => {
    api = await startFakeApi({ server, clientAuthority: authority.cert })
    api.reply(json(200, {}))
  })
  afterEach(async () => await transport?.close())
  afterAll(async () => await api.close())

  const open = (tls: Partial<ConnectionTls>, more: Partial<ClusterConnection> = {}): ApiTransport =>
    (transport = openTransport(
      connectionTo(api.origin, { tls: { insecureSkipVerify: false, ...tls }, ...more }),
      QUICK,
    ))

  it('trusts the kubeconfig’s authority', async () => {
    expectOk(await open({ ca: authority.cert }).send(GET))
    expect(api.seen.at(-1)?.commonName).toBeUndefined()
  })

  it('does not trust a server that nobody vouches for, and asks it only once', async () => {
    const before = api.connections()
    expect(expectProblem(await open({}).send(GET))).toMatchObject({
      reason: 'api_unreachable',
      message: expect.stringContaining('cannot be trusted'),
    })
    expect(api.connections()).toBe(before + 1)
  })

  it('checks the certificate whatever NODE_TLS_REJECT_UNAUTHORIZED says', async () => {
    process.env.NODE_TLS_REJECT_UNAUTHORIZED = '0'
    const result = await open({}).send(GET)
    delete process.env.NODE_TLS_REJECT_UNAUTHORIZED
    expect(expectProblem(result).message).toContain('cannot be trusted')
  })

  it('checks the name, or the name that the kubeconfig gives', async () => {
    expectOk(await open({ ca: authority.cert, servername: 'kubernetes' }).send(GET))
    await transport?.close()
    expect(expectProblem(await open({ ca: authority.cert, servername: 'other' }).send(GET)).message).toContain(
      'ALTNAME',
    )
  })

  it('looks away when it is told to', async () => {
    expectOk(await open({ insecureSkipVerify: true }).send(GET))
  })

  it('shows a client certificate, and the new one when it was renewed', async () => {
    let held: ClientCertificate = makeCertificate({ commonName: 'ada', issuer: authority })
    open({ ca: authority.cert }, { clientCertificate: () => Promise.resolve(ok({ cert: held.cert, key: held.key })) })
    expectOk((await transport?.send(GET)) ?? expect.fail())
    expectOk((await transport?.send(GET)) ?? expect.fail())
    held = makeCertificate({ commonName: 'ada renewed', issuer: authority })
    expectOk((await transport?.send(GET)) ?? expect.fail())
    expect(api.seen.slice(-3).map(({ commonName }) => commonName)).toEqual(['ada', 'ada', 'ada renewed'])
  })

  it('goes through a proxy, with TLS to the server itself', async () => {
    const asked: string[] = []
    const proxy = createServer()
    proxy.on('connect', ({ url = '', headers }, socket) => {
      asked.push(`${url} ${String(headers.authorization)}`)
      const [host, port] = url.split(':')
      const upstream = connect(Number(port), host, () => socket.write('HTTP/1.1 200 OK\r\n\r\n'))
      upstream.pipe(socket).pipe(upstream)
      socket.on('error', () => upstream.destroy())
      upstream.on('error', () => socket.destroy())
    })
    await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve))
    const { port } = proxy.address() as { port: number }
    expectOk(await open({ ca: authority.cert }, { proxyUrl: `http://127.0.0.1:${port}` }).send(GET))
    // The proxy never sees the credential.
    expect(asked).toEqual([`${new URL(api.origin).host} undefined`])
    await transport?.close()
    proxy.closeAllConnections()
    proxy.close()
  })

  it.each([
    ['no PEM', { cert: 'x', key: 'y' }],
    ['of two pairs', { cert: authority.cert, key: server.key }],
  ])('says that a client certificate and key that are %s cannot be used', async (_, pair) => {
    const transportWithPair = open({ ca: authority.cert }, { clientCertificate: () => Promise.resolve(ok(pair)) })
    expect(expectProblem(await transportWithPair.send(GET)).reason).toBe('credential_failed')
  })

  it('says that the proxy refuses, and knows that nothing was sent', async () => {
    const proxy = createServer()
    proxy.on('connect', (_, socket) => socket.end('HTTP/1.1 407 Proxy Authentication Required\r\n\r\n'))
    await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve))
    const { port } = proxy.address() as { port: number }
    const write = { method: 'PATCH', path: '/api/v1/pods' } as const
    const problem = expectProblem(await open({}, { proxyUrl: `http://127.0.0.1:${port}` }).send(write))
    expect(problem).toMatchObject({
      reason: 'api_unreachable',
      message: expect.stringContaining('proxy does not connect'),
    })
    expect(problem.message).toMatch(/\(status 407\)\.$/)
    proxy.closeAllConnections()
    proxy.close()
  })

  it('says that the proxy is not there', async () => {
    const result = await open({ ca: authority.cert }, { proxyUrl: 'http://127.0.0.1:1' }).send(GET)
    expect(expectProblem(result)).toMatchObject({ reason: 'api_unreachable' })
  })
})
