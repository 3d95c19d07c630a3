import { createVerify, generateKeyPairSync } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { CloudSources } from '../../../../src/adapters/prometheus/auth/cloud-sources.ts'
import type { Credential } from '../../../../src/adapters/prometheus/auth/credential.ts'
import { openCredential } from '../../../../src/adapters/prometheus/auth/open-credential.ts'
import type { PrometheusAuth } from '../../../../src/adapters/prometheus/auth/prometheus-auth.ts'
import { type TemporaryDirectory, temporaryDirectory } from '../../../harness/temporary-directory.ts'
import { problemOf, valueOf } from '../../../safety/support/value-of.ts'
import { json, startFakeApi, type Reply } from '../../kubernetes/support/fake-api.ts'
import { stsKeys, token, type TokenEndpoint, tokenEndpoint } from '../support/token-endpoint.ts'

const T = Date.parse('2026-11-01T12:00:00Z')
const cleanUp: (() => Promise<unknown>)[] = []
let directory: TemporaryDirectory
beforeEach(async () => {
  directory = await temporaryDirectory('clouds')
})
afterEach(async () => {
  for (const end of cleanUp.splice(0).reverse()) await end()
  await directory.remove()
})
async function endpoint(...replies: readonly Reply[]): Promise<TokenEndpoint> {
  const server = await tokenEndpoint(...replies)
  cleanUp.push(() => server.close())
  return server
}
async function metadataService(...replies: readonly Reply[]) {
  const server = await startFakeApi()
  server.reply(...replies)
  cleanUp.push(() => server.close())
  return server
}
const file = async (name: string, content: string): Promise<string> => {
  const path = join(directory.path, name)
  await writeFile(path, content, { mode: 0o600 })
  return path
}
const open = (auth: PrometheusAuth, sources: CloudSources): Credential => valueOf(openCredential(auth, sources))
const QUERY = {
  method: 'POST',
  url: 'https://aps.example/workspaces/ws-1/api/v1/query',
  headers: { 'content-type': 'application/x-www-form-urlencoded' },
  body: 'query=up',
} as const
const login = async (credential: Credential) =>
  (await credential.headersFor(QUERY)) as { value: Record<string, string> }
const bearer = async (credential: Credential) => valueOf(await credential.headersFor(QUERY))['authorization']
const form = (server: TokenEndpoint, index = 0) => Object.fromEntries(new URLSearchParams(server.seen[index]?.body))

describe('Azure', () => {
  const CLIENT = { AZURE_TENANT_ID: 'tenant-1', AZURE_CLIENT_ID: 'client-1' }

  it('is asked for a token with the secret of a client, which is kept until shortly before its end', async () => {
    const server = await endpoint(token('one'), token('two'))
    let now = T
    const environment = { ...CLIENT, AZURE_CLIENT_SECRET: 's3cret', AZURE_AUTHORITY_HOST: server.origin }
    const credential = open(
      { kind: 'azure' },
      server.sources(environment, () => now),
    )
    expect(await bearer(credential)).toBe('Bearer one')
    now += 54 * 60_000
    expect(await bearer(credential)).toBe('Bearer one')
    now += 2 * 60_000
    expect(await bearer(credential)).toBe('Bearer two')
    expect(server.seen[0]).toMatchObject({ method: 'POST', path: '/tenant-1/oauth2/v2.0/token' })
    expect(form(server)).toEqual({
      grant_type: 'client_credentials',
      client_id: 'client-1',
      client_secret: 's3cret',
      scope: 'https://prometheus.monitor.azure.com/.default',
    })
    expect(server.seen).toHaveLength(2)
  })

  it('is asked once by many who ask at once, and again after a refusal of what is no longer fresh', async () => {
    const server = await endpoint(token('one'), token('two'))
    let now = T
    const environment = { ...CLIENT, AZURE_CLIENT_SECRET: 's', AZURE_AUTHORITY_HOST: server.origin }
    const credential = open(
      { kind: 'azure' },
      server.sources(environment, () => now),
    )
    await Promise.all([bearer(credential), bearer(credential), bearer(credential)])
    expect(server.seen).toHaveLength(1)
    expect(credential.refused()).toBe(false)
    now += 60_000
    expect(credential.refused()).toBe(true)
    expect(await bearer(credential)).toBe('Bearer two')
  })

  it('takes the federated token of a pod, read anew', async () => {
    const server = await endpoint(token('one'))
    const path = await file('federated', 'eyJ.federated\n')
    const environment = { ...CLIENT, AZURE_FEDERATED_TOKEN_FILE: path, AZURE_AUTHORITY_HOST: `${server.origin}/` }
    expect(await bearer(open({ kind: 'azure' }, server.sources(environment)))).toBe('Bearer one')
    expect(form(server)).toMatchObject({
      client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
      client_assertion: 'eyJ.federated',
    })
  })

  it('has the managed identity of a machine or an app', async () => {
    const machine = await metadataService(token('machine', '86399'))
    const environment = { AZURE_POD_IDENTITY_AUTHORITY_HOST: machine.origin, AZURE_CLIENT_ID: 'client-1' }
    expect(await bearer(open({ kind: 'azure' }, { environment }))).toBe('Bearer machine')
    expect(machine.seen[0]).toMatchObject({
      path: '/metadata/identity/oauth2/token?api-version=2018-02-01&resource=https%3A%2F%2Fprometheus.monitor.azure.com&client_id=client-1',
      headers: { metadata: 'true' },
    })
    const app = await metadataService(token('app', '86399'))
    const own = { IDENTITY_ENDPOINT: `${app.origin}/msi/token`, IDENTITY_HEADER: 'header-1' }
    expect(await bearer(open({ kind: 'azure' }, { environment: own }))).toBe('Bearer app')
    expect(app.seen[0]).toMatchObject({
      path: expect.stringMatching(/^\/msi\/token\?api-version=2019-08-01&/),
      headers: { 'x-identity-header': 'header-1' },
    })
  })

  it.each([
    { AZURE_CLIENT_SECRET: 's3cret' },
    { AZURE_CLIENT_SECRET: 's3cret', AZURE_TENANT_ID: '../x', AZURE_CLIENT_ID: 'c' },
  ])('is not asked with %j', async (environment) => {
    const problem = problemOf(await open({ kind: 'azure' }, { environment }).headersFor(QUERY))
    expect(problem).toMatchObject({
      reason: 'credential_failed',
      message: expect.stringContaining('AZURE_TENANT_ID'),
    })
    expect(JSON.stringify(problem)).not.toContain('s3cret')
  })
})

describe('Google', () => {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const key = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
  const account = (token_uri: string, more: object = {}) =>
    file(
      'key.json',
      JSON.stringify({
        type: 'service_account',
        client_email: 'a@b',
        private_key: key,
        private_key_id: 'k1',
        token_uri,
        ...more,
      }),
    )

  it('is asked with a token that the key of the service account signed, for reading metrics only', async () => {
    const server = await endpoint(token('one'))
    const token_uri = `${server.origin}/token`
    const sources = server.sources({ GOOGLE_APPLICATION_CREDENTIALS: await account(token_uri) }, () => T)
    expect(await bearer(open({ kind: 'google' }, sources))).toBe('Bearer one')
    const { grant_type, assertion = '' } = form(server)
    expect(grant_type).toBe('urn:ietf:params:oauth:grant-type:jwt-bearer')
    const [head = '', claims = '', signature = ''] = assertion.split('.')
    const read = (part: string): unknown => JSON.parse(Buffer.from(part, 'base64url').toString())
    expect(read(head)).toEqual({ alg: 'RS256', typ: 'JWT', kid: 'k1' })
    expect(read(claims)).toEqual({
      iss: 'a@b',
      scope: 'https://www.googleapis.com/auth/monitoring.read',
      aud: token_uri,
      iat: T / 1000,
      exp: T / 1000 + 3600,
    })
    const verify = createVerify('sha256').update(`${head}.${claims}`)
    expect(verify.verify(publicKey, Buffer.from(signature, 'base64url'))).toBe(true)
  })

  it('takes the login of a person', async () => {
    const server = await endpoint(token('one'))
    const user = { type: 'authorized_user', client_id: 'c', client_secret: 's', refresh_token: 'r' }
    const path = await file('adc.json', JSON.stringify({ ...user, token_uri: `${server.origin}/token` }))
    expect(await bearer(open({ kind: 'google' }, server.sources({ GOOGLE_APPLICATION_CREDENTIALS: path })))).toBe(
      'Bearer one',
    )
    expect(form(server)).toEqual({
      grant_type: 'refresh_token',
      client_id: 'c',
      client_secret: 's',
      refresh_token: 'r',
    })
  })

  it('has the account of the machine', async () => {
    const server = await metadataService(token('machine'))
    const environment = { HOME: '/nonexistent', GCE_METADATA_HOST: new URL(server.origin).host }
    expect(await bearer(open({ kind: 'google' }, { environment }))).toBe('Bearer machine')
    expect(server.seen[0]).toMatchObject({
      path: '/computeMetadata/v1/instance/service-accounts/default/token',
      headers: { 'metadata-flavor': 'Google' },
    })
  })

  it.each([
    ['a token endpoint in the clear', { token_uri: 'http://127.0.0.1:9/token' }, 'no https'],
    ['a key that is none', { private_key: 's3cret' }, 'no usable private key'],
    ['another kind', { type: 'external_account' }, 'not supported'],
  ])('is not asked with %s', async (_, more, words) => {
    const path = await account('https://127.0.0.1:9', more)
    const credential = open({ kind: 'google' }, { environment: { GOOGLE_APPLICATION_CREDENTIALS: path } })
    const problem = problemOf(await credential.headersFor(QUERY))
    expect([problem.reason, problem.message]).toEqual(['credential_failed', expect.stringContaining(words)])
    expect(JSON.stringify(problem)).not.toContain('s3cret')
  })
})

describe('AWS', () => {
  const KEYS = { AWS_ACCESS_KEY_ID: 'AKIDENV', AWS_SECRET_ACCESS_KEY: 's', AWS_REGION: 'eu-west-1' }
  const AWS = { kind: 'sigv4' } as const
  const scopeOf = (headers: Record<string, string>) => /Credential=([^,]+),/.exec(headers['authorization'] ?? '')?.[1]
  const scope = async (credential: Credential) => scopeOf((await login(credential)).value)

  it('has its keys given, in variables, or in a profile, in this order', async () => {
    const credentials = await file(
      'credentials',
      '[default]\naws_access_key_id = AKIDDEFAULT\naws_secret_access_key=s\n\n[other]\naws_access_key_id=AKIDOTHER\naws_secret_access_key=s\n',
    )
    const config = await file(
      'config',
      '# mine\n[profile other]\nregion = us-east-2\n[default]\nregion = us-west-1\ns3 =\n  region = nested\n',
    )
    const files = { HOME: '/nonexistent', AWS_SHARED_CREDENTIALS_FILE: credentials, AWS_CONFIG_FILE: config }
    const now = () => T
    const of = (auth: object, environment: object) =>
      scope(open({ ...AWS, ...auth }, { environment: { ...files, ...environment }, now }))
    const given = { accessKey: 'AKIDGIVEN', secretKey: 's', profile: 'other', region: 'eu-north-1' }
    expect(await of(given, KEYS)).toBe('AKIDGIVEN/20261101/eu-north-1/aps/aws4_request')
    expect(await of({ profile: 'other' }, { ...KEYS, AWS_REGION: '' })).toBe(
      'AKIDOTHER/20261101/us-east-2/aps/aws4_request',
    )
    expect(await of({ service: 'aps-fips' }, KEYS)).toBe('AKIDENV/20261101/eu-west-1/aps-fips/aws4_request')
    expect(await of({}, {})).toBe('AKIDDEFAULT/20261101/us-west-1/aps/aws4_request')
    expect(await of({}, { AWS_PROFILE: 'other' })).toBe('AKIDOTHER/20261101/us-east-2/aps/aws4_request')
  })

  it('gives another role’s keys to who asks with its own, and they are renewed in time', async () => {
    const expires = '2026-11-01T13:00:00Z'
    const server = await endpoint(
      stsKeys('AssumeRole', { id: 'ASIA1', expires }),
      stsKeys('AssumeRole', { id: 'ASIA2', expires: '2026-11-01T15:00:00Z' }),
    )
    let now = T
    const sources = server.sources({ ...KEYS, AWS_ENDPOINT_URL_STS: server.origin }, () => now)
    const credential = open({ ...AWS, assumeRole: 'arn:aws:iam::1:role/amp' }, sources)
    const signed = (await login(credential)).value
    expect(scopeOf(signed)).toBe('ASIA1/20261101/eu-west-1/aps/aws4_request')
    expect(signed['x-amz-security-token']).toBe('session of ASIA1')
    expect(form(server)).toEqual({
      Action: 'AssumeRole',
      Version: '2011-06-15',
      RoleArn: 'arn:aws:iam::1:role/amp',
      RoleSessionName: 'amp-auto',
    })
    expect(server.seen[0]?.headers.authorization).toContain('Credential=AKIDENV/20261101/eu-west-1/sts/aws4_request')
    now += 56 * 60_000
    expect(await scope(credential)).toContain('ASIA2/')
  })

  it('gives a pod the keys of its role for its token', async () => {
    const server = await endpoint(
      stsKeys('AssumeRoleWithWebIdentity', { id: 'ASIAWEB', expires: '2026-11-01T13:00:00Z' }),
    )
    const environment = {
      AWS_REGION: 'eu-west-1',
      AWS_ROLE_ARN: 'arn:aws:iam::1:role/pod',
      AWS_WEB_IDENTITY_TOKEN_FILE: await file('token', 'eyJ.pod\n'),
      AWS_ROLE_SESSION_NAME: 'scan',
      AWS_ENDPOINT_URL_STS: server.origin,
    }
    expect(
      await scope(
        open(
          AWS,
          server.sources(environment, () => T),
        ),
      ),
    ).toContain('ASIAWEB/')
    expect(form(server)).toMatchObject({
      WebIdentityToken: 'eyJ.pod',
      RoleSessionName: 'scan',
      RoleArn: 'arn:aws:iam::1:role/pod',
    })
    expect(server.seen[0]?.headers.authorization).toBeUndefined()
  })

  it('follows a profile to the role that it assumes', async () => {
    const server = await endpoint(stsKeys('AssumeRole', { id: 'ASIAROLE', expires: '2026-11-01T13:00:00Z' }))
    const config =
      '[profile base]\naws_access_key_id=AKIDBASE\naws_secret_access_key=s\n[profile role]\nrole_arn=arn:aws:iam::1:role/x\nsource_profile=base\nexternal_id=e1\nregion=eu-west-1\n'
    const environment = { AWS_CONFIG_FILE: await file('config', config), AWS_ENDPOINT_URL_STS: server.origin }
    expect(
      await scope(
        open(
          { ...AWS, profile: 'role' },
          server.sources(environment, () => T),
        ),
      ),
    ).toContain('ASIAROLE/')
    expect(form(server)).toMatchObject({ ExternalId: 'e1' })
    expect(server.seen[0]?.headers.authorization).toContain('Credential=AKIDBASE/')
  })

  it('has the role of a container, and of a machine', async () => {
    const keys = (id: string) =>
      json(200, { AccessKeyId: id, SecretAccessKey: 's', Token: 't', Expiration: '2026-11-01T13:00:00Z' })
    const container = await metadataService(keys('ASIACONTAINER'))
    const none = { HOME: '/nonexistent', AWS_REGION: 'eu-west-1' }
    const pod = {
      ...none,
      AWS_CONTAINER_CREDENTIALS_FULL_URI: `${container.origin}/v1/credentials`,
      AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE: await file('pod', 'pod-token\n'),
    }
    expect(await scope(open(AWS, { environment: pod, now: () => T }))).toContain('ASIACONTAINER/')
    expect(container.seen[0]).toMatchObject({ path: '/v1/credentials', headers: { authorization: 'pod-token' } })
    const text =
      (body: string): Reply =>
      (response) =>
        void response.end(body)
    const machine = await metadataService(text('imds-token'), text('role-1\n'), keys('ASIAMACHINE'))
    const ec2 = { ...none, AWS_EC2_METADATA_SERVICE_ENDPOINT: machine.origin }
    expect(await scope(open(AWS, { environment: ec2, now: () => T }))).toContain('ASIAMACHINE/')
    expect(machine.seen.map(({ method, path }) => `${method} ${path}`)).toEqual([
      'PUT /latest/api/token',
      'GET /latest/meta-data/iam/security-credentials/',
      'GET /latest/meta-data/iam/security-credentials/role-1',
    ])
    expect(machine.seen[2]?.headers['x-aws-ec2-metadata-token']).toBe('imds-token')
  })

  it.each<[string, object, object, string]>([
    ['no region', {}, { ...KEYS, AWS_REGION: '' }, 'region'],
    ['a region that would be another host', { region: 'x.evil.example/' }, KEYS, 'region'],
    ['a profile that there is not', { profile: 'none' }, KEYS, 'no AWS profile none'],
    ['no keys at all', {}, { AWS_REGION: 'x', AWS_EC2_METADATA_DISABLED: 'true' }, 'There are no AWS keys'],
    ['STS in the clear', { assumeRole: 'arn' }, { ...KEYS, AWS_ENDPOINT_URL_STS: 'http://127.0.0.1:9' }, 'no https'],
    [
      'a container’s address in the clear',
      {},
      { AWS_REGION: 'x', AWS_CONTAINER_CREDENTIALS_FULL_URI: 'http://evil.example/' },
      'no https',
    ],
  ])('is not asked with %s', async (_, auth, environment, words) => {
    const sources = { environment: { HOME: '/nonexistent', ...environment } }
    const answer = await open({ ...AWS, ...auth }, sources).headersFor(QUERY)
    expect(problemOf(answer).message).toContain(words)
  })

  it.each([
    ['sso_session = x', 'SSO'],
    ['credential_process = steal', 'another program'],
    ['role_arn = arn:x', 'no source_profile'],
    ['role_arn = arn:x\nsource_profile = round\n[profile round]\nrole_arn = arn:y\nsource_profile = p', 'circle'],
  ])('with a profile of %j says why it cannot be used', async (lines, words) => {
    const environment = {
      HOME: '/nonexistent',
      AWS_REGION: 'x',
      AWS_CONFIG_FILE: await file('config', `[profile p]\n${lines}\n`),
    }
    const problem = problemOf(await open({ ...AWS, profile: 'p' }, { environment }).headersFor(QUERY))
    expect(problem).toMatchObject({
      message: expect.stringContaining(words),
      next: expect.stringContaining('export-credentials'),
    })
  })
})

describe('an endpoint for tokens', () => {
  const CLIENT = { AZURE_TENANT_ID: 't', AZURE_CLIENT_ID: 'c', AZURE_CLIENT_SECRET: 's3cret' }
  const ask = async (server: TokenEndpoint, environment: object = {}) =>
    problemOf(
      await open(
        { kind: 'azure' },
        server.sources({ ...CLIENT, AZURE_AUTHORITY_HOST: server.origin, ...environment }),
      ).headersFor(QUERY),
    )

  it('that redirects is not followed with the secret', async () => {
    const elsewhere = await endpoint(token('stolen'))
    const server = await endpoint((response) => response.writeHead(307, { location: `${elsewhere.origin}/` }).end())
    expect((await ask(server)).message).toContain('status 307')
    expect(elsewhere.connections()).toBe(0)
  })

  it('that refuses says why, in plain words and without the secret', async () => {
    const server = await endpoint(
      json(401, { error: 'invalid_client', error_description: 'AADSTS7000215: Invalid \u001B[31mclient' }),
    )
    const problem = await ask(server)
    expect(problem).toMatchObject({
      reason: 'credential_failed',
      message: expect.stringContaining('AADSTS7000215: Invalid'),
    })
    expect(problem.message).not.toContain('\u001B')
    expect(JSON.stringify(problem)).not.toContain('s3cret')
  })

  it.each([json(200, {}), json(200, { access_token: 'a\r\nb', expires_in: 1 }), json(200, { access_token: 'a' })])(
    'that answers with no token is no success',
    async (reply) => {
      expect((await ask(await endpoint(reply))).reason).toBe('credential_failed')
    },
  )

  it('whose certificate is another’s, or that speaks in the clear, is sent nothing', async () => {
    const server = await endpoint(token('one'))
    const { environment } = server.sources({ ...CLIENT, AZURE_AUTHORITY_HOST: server.origin })
    expect(problemOf(await open({ kind: 'azure' }, { environment }).headersFor(QUERY)).reason).toBe('credential_failed')
    expect(server.seen).toEqual([])
    const plain = await metadataService(token('one'))
    expect((await ask(server, { AZURE_AUTHORITY_HOST: plain.origin })).message).toContain('no https')
    expect(plain.connections()).toBe(0)
  })
})
