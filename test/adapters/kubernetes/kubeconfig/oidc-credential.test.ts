import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { oidcCredential } from '../../../../src/adapters/kubernetes/kubeconfig/oidc-credential.ts'
import { expectOk, expectProblem } from '../support/expect-ok.ts'
import { type FakeApi, json, type Reply, startFakeApi } from '../support/fake-api.ts'
import { makeCertificate } from '../support/make-certificate.ts'

const authority = makeCertificate({ commonName: 'idp CA', authority: true })
const server = makeCertificate({ commonName: 'idp', issuer: authority, ips: ['127.0.0.1'] })
const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url')
const seconds = () => Math.floor(Date.now() / 1000)

describe('an oidc auth-provider', () => {
  let provider: FakeApi
  beforeAll(async () => {
    provider = await startFakeApi({ server })
  })
  afterAll(async () => await provider.close())

  const idToken = (expiresIn: number, more: object = {}) =>
    `${part({ alg: 'RS256' })}.${part({ iss: provider.origin, aud: 'krr', sub: 'ada', iat: seconds() - 10, exp: seconds() + expiresIn, ...more })}.c2ln`
  const credential = (config: Record<string, string>) =>
    oidcCredential(
      {
        name: 'oidc',
        config: {
          'client-id': 'krr',
          'idp-issuer-url': provider.origin,
          'idp-certificate-authority-data': Buffer.from(authority.cert).toString('base64'),
          ...config,
        },
      },
      '/config',
    )
  let asked = 0
  let methods: string[] | undefined
  beforeEach(() => {
    methods = undefined
    asked = provider.seen.length
    provider.reply((response, request) => {
      const discovery = {
        issuer: provider.origin,
        token_endpoint: `${provider.origin}/token`,
        token_endpoint_auth_methods_supported: methods,
      }
      const renewed = { token_type: 'Bearer', access_token: 'a', id_token: idToken(3600), refresh_token: 'next' }
      json(200, request.path === '/token' ? renewed : discovery)(response, request)
    })
  })

  it('uses the id token while it is valid, without asking anybody', async () => {
    const token = idToken(600)
    expect(await credential({ 'id-token': token }).authorization()).toEqual({ ok: true, value: `Bearer ${token}` })
    expect(provider.seen).toHaveLength(asked)
  })

  it('renews an expired one once for many requests, and keeps the new one', async () => {
    const source = credential({ 'id-token': idToken(-60), 'refresh-token': 'first' })
    const [one, two] = await Promise.all([source.authorization(), source.authorization()])
    expect(one).toEqual(two)
    expect(expectOk(one)).toMatch(/^Bearer ey/)
    expect(await source.authorization()).toEqual(one)
    const refreshes = provider.seen.slice(asked).filter(({ path }) => path === '/token')
    expect(refreshes.map(({ body }) => new URLSearchParams(body).get('refresh_token'))).toEqual(['first'])
  })

  it('says to log in again when there is nothing to renew it with', async () => {
    expect(expectProblem(await credential({ 'id-token': idToken(-60) }).authorization())).toMatchObject({
      reason: 'credential_failed',
      message: expect.stringContaining('refresh-token'),
      next: expect.stringContaining('Log in again'),
    })
    expect(expectProblem(await credential({ 'id-token': 'garbage' }).authorization()).reason).toBe('credential_failed')
    expect(expectProblem(await credential({}).authorization()).reason).toBe('credential_failed')
  })

  it('proves who it is in the way that the provider takes', async () => {
    const config = { 'id-token': idToken(-60), 'refresh-token': 'r', 'client-secret': 's/1' }
    expectOk(await credential(config).authorization())
    const basic = `Basic ${Buffer.from('krr:s%2F1').toString('base64')}`
    expect(provider.seen.at(-1)).toMatchObject({
      headers: { authorization: basic },
      body: 'grant_type=refresh_token&refresh_token=r',
    })
    methods = ['client_secret_post']
    expectOk(await credential(config).authorization())
    expect(provider.seen.at(-1)?.headers.authorization).toBeUndefined()
    expect(provider.seen.at(-1)?.body).toContain('client_id=krr&client_secret=s%2F1')
  })

  it.each<[string, Reply]>([
    ['refuses', json(400, { error: 'invalid_grant', error_description: 's3cret' })],
    ['redirects', (response) => response.writeHead(302, { location: '/elsewhere' }).end()],
    ['answers nonsense', (response) => response.end('<html>s3cret')],
    [
      'is another one',
      (response, request) =>
        json(200, { issuer: 'https://other.example', token_endpoint: `${provider.origin}/token` })(response, request),
    ],
    [
      'has an endpoint without TLS',
      (response, request) =>
        json(200, { issuer: provider.origin, token_endpoint: 'http://127.0.0.1:1/token' })(response, request),
    ],
  ])('says to log in again when the provider %s, without repeating what it said', async (_, reply) => {
    provider.reply(reply)
    const problem = expectProblem(
      await credential({ 'id-token': idToken(-60), 'refresh-token': 'old' }).authorization(),
    )
    expect(problem).toMatchObject({ reason: 'credential_failed', message: expect.stringContaining('did not renew it') })
    expect(JSON.stringify(problem)).not.toContain('s3cret')
  })

  it('does not send a token to a provider that nobody vouches for', async () => {
    const problem = expectProblem(
      await credential({
        'id-token': idToken(-60),
        'refresh-token': 'old',
        'idp-certificate-authority-data': '',
      }).authorization(),
    )
    expect(problem.reason).toBe('credential_failed')
    expect(provider.seen).toHaveLength(asked)
  })
})
