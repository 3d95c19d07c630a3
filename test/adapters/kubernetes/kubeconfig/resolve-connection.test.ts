import { mkdir, rm, writeFile } from 'node:fs/promises'
import { delimiter, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Impersonation } from '../../../../src/adapters/kubernetes/kubeconfig/cluster-connection.ts'
import type { ConnectionRequest } from '../../../../src/adapters/kubernetes/kubeconfig/connection-request.ts'
import { listContexts } from '../../../../src/adapters/kubernetes/kubeconfig/list-contexts.ts'
import { resolveConnection } from '../../../../src/adapters/kubernetes/kubeconfig/resolve-connection.ts'
import { expectOk, expectProblem } from '../support/expect-ok.ts'
import { kubeconfig, type KubeconfigSketch, type Scratch, scratchDirectory } from '../support/kubeconfig-file.ts'
import { makeCertificate } from '../support/make-certificate.ts'

const authority = makeCertificate({ commonName: 'test CA', authority: true })
const base64 = (text: string): string => Buffer.from(text).toString('base64')

describe('resolving a connection', () => {
  let scratch: Scratch
  beforeEach(async () => {
    scratch = await scratchDirectory()
  })
  afterEach(async () => await scratch.remove())

  const resolve = (more: Partial<ConnectionRequest> = {}) =>
    resolveConnection({ environment: { HOME: scratch.directory }, serviceAccountDirectory: scratch.directory, ...more })
  const of = async (sketch: KubeconfigSketch, more: Partial<ConnectionRequest> = {}) =>
    resolve({ kubeconfig: await scratch.write('config', kubeconfig(sketch)), ...more })
  const problemOf = async (sketch: KubeconfigSketch, more: Partial<ConnectionRequest> = {}) =>
    expectProblem(await of(sketch, more))
  const authorizationOf = async (user: object) => await expectOk(await of({ user })).authorization()

  describe('finding the file', () => {
    it('takes ~/.kube/config when nothing else is said', async () => {
      await mkdir(join(scratch.directory, '.kube'))
      await writeFile(join(scratch.directory, '.kube', 'config'), kubeconfig({ name: 'home' }))
      expect(expectOk(await resolve())).toMatchObject({ context: 'home', origin: 'https://home.example:6443' })
    })

    it('merges the files of $KUBECONFIG: the first one that says something wins, missing ones are passed over', async () => {
      const first = await scratch.write(
        'first',
        kubeconfig({ name: 'a', cluster: { server: 'https://first.example' }, current: '' }),
      )
      const second = await scratch.write(
        'second',
        kubeconfig({ name: 'a', cluster: { server: 'https://second.example' } }),
      )
      const third = await scratch.write('third', kubeconfig({ name: 'b' }))
      const KUBECONFIG = [first, join(scratch.directory, 'missing'), second, third, third].join(delimiter)
      expect(expectOk(await resolve({ environment: { KUBECONFIG } }))).toMatchObject({
        context: 'a',
        origin: 'https://first.example',
      })
      expect(expectOk(await resolve({ environment: { KUBECONFIG }, context: 'b' }))).toMatchObject({ context: 'b' })
    })

    it('takes relative paths of each file of $KUBECONFIG from beside that file', async () => {
      for (const side of ['a', 'b']) {
        await mkdir(join(scratch.directory, side))
        const sketch = {
          name: side,
          cluster: { 'certificate-authority': 'pki/ca.crt' },
          user: { tokenFile: './token' },
        }
        await writeFile(join(scratch.directory, side, 'config'), kubeconfig(sketch))
        await mkdir(join(scratch.directory, side, 'pki'))
        await writeFile(join(scratch.directory, side, 'pki', 'ca.crt'), `${authority.cert}# ${side}\n`)
        await writeFile(join(scratch.directory, side, 'token'), `token-of-${side}`)
      }
      const KUBECONFIG = ['a', 'b'].map((side) => join(scratch.directory, side, 'config')).join(delimiter)
      for (const side of ['a', 'b']) {
        const connection = expectOk(await resolve({ environment: { KUBECONFIG }, context: side }))
        expect(connection.tls.ca).toContain(`# ${side}`)
        expect(await connection.authorization()).toEqual({ ok: true, value: `Bearer token-of-${side}` })
      }
    })

    it('joins a context of one file with the user and the cluster of others', async () => {
      const { contexts, clusters, users } = JSON.parse(kubeconfig({ user: { tokenFile: 'token' } })) as object & {
        contexts: unknown
        clusters: unknown
        users: unknown
      }
      await mkdir(join(scratch.directory, 'users'))
      await writeFile(join(scratch.directory, 'users', 'token'), 'of-users')
      await writeFile(join(scratch.directory, 'users', 'config'), JSON.stringify({ users }))
      const paths = [
        await scratch.write('contexts', JSON.stringify({ contexts, 'current-context': 'test' })),
        await scratch.write('clusters', JSON.stringify({ clusters })),
        join(scratch.directory, 'users', 'config'),
      ]
      const connection = expectOk(await resolve({ environment: { KUBECONFIG: paths.join(delimiter) } }))
      expect(connection.origin).toBe('https://test.example:6443')
      expect(await connection.authorization()).toEqual({ ok: true, value: 'Bearer of-users' })
    })

    it('lists the contexts of all files, without looking into them', async () => {
      const first = await scratch.write('first', kubeconfig({ name: 'b', user: { mystery: 1 }, current: '' }))
      const second = await scratch.write('second', kubeconfig({ name: 'a' }))
      const environment = { KUBECONFIG: [first, second].join(delimiter) }
      expect(await listContexts({ environment })).toEqual({ ok: true, value: { names: ['b', 'a'], current: 'a' } })
      expect(expectProblem(await listContexts({ environment: { HOME: scratch.directory } })).reason).toBe(
        'no_kubeconfig',
      )
    })

    it('says where it looked', async () => {
      const path = join(scratch.directory, '.kube', 'config')
      expect(expectProblem(await resolve())).toMatchObject({
        reason: 'no_kubeconfig',
        message: expect.stringContaining(path),
        next: expect.stringContaining('--kubeconfig'),
      })
    })

    it('takes the pod’s own account inside a cluster, with its token read anew', async () => {
      const environment = { KUBERNETES_SERVICE_HOST: 'fd00::1', KUBERNETES_SERVICE_PORT: '443' }
      const token = await scratch.write('token', 'first\n')
      await scratch.write('ca.crt', authority.cert)
      const connection = expectOk(await resolve({ environment }))
      expect(connection).toMatchObject({
        context: 'in-cluster',
        origin: 'https://[fd00::1]',
        tls: { ca: authority.cert },
      })
      expect(await connection.authorization()).toEqual({ ok: true, value: 'Bearer first' })
      await writeFile(token, 'second')
      expect(await connection.authorization()).toEqual({ ok: true, value: 'Bearer second' })
    })

    it('never takes the pod’s own account for a file that is missing', async () => {
      await scratch.write('token', 'own')
      const environment = { KUBERNETES_SERVICE_HOST: '10.0.0.1', KUBERNETES_SERVICE_PORT: '443' }
      expect(expectProblem(await resolve({ environment, kubeconfig: join(scratch.directory, 'typo') })).reason).toBe(
        'no_kubeconfig',
      )
    })

    it('refuses a file in which a name stands twice', async () => {
      const { users, ...config } = JSON.parse(kubeconfig()) as { users: unknown[] }
      const path = await scratch.write('config', JSON.stringify({ ...config, users: [...users, ...users] }))
      expect(expectProblem(await resolve({ kubeconfig: path })).message).toContain('two users named test')
    })

    it('says when a file is no YAML, without repeating its content', async () => {
      const path = await scratch.write('config', 'users: [{token: "s3cret}\n')
      const problem = expectProblem(await resolve({ kubeconfig: path }))
      expect(problem).toMatchObject({ reason: 'bad_setting', message: expect.stringContaining(path) })
      expect(JSON.stringify(problem)).not.toContain('s3cret')
    })
  })

  describe('choosing the context', () => {
    it('lists the contexts when the wanted one does not exist', async () => {
      expect(await problemOf({ name: 'prod' }, { context: 'prodd' })).toMatchObject({
        reason: 'no_such_context',
        message: expect.stringMatching(/prodd.*are: prod\./),
      })
    })

    it('does not guess when there is no current one', async () => {
      expect(await problemOf({ current: '' })).toMatchObject({
        reason: 'no_such_context',
        message: expect.stringContaining('no current one'),
      })
    })

    it('refuses a context whose user or cluster is not there', async () => {
      const config = JSON.parse(kubeconfig()) as { users: unknown[]; clusters: unknown[] }
      const withoutUser = await scratch.write('a', JSON.stringify({ ...config, users: [] }))
      const withoutCluster = await scratch.write('b', JSON.stringify({ ...config, clusters: [] }))
      expect(expectProblem(await resolve({ kubeconfig: withoutUser })).message).toContain(
        'names a user that does not exist',
      )
      expect(expectProblem(await resolve({ kubeconfig: withoutCluster })).message).toContain(
        'names a cluster that does not exist',
      )
    })

    it('does not mind what other contexts are like', async () => {
      const other = JSON.parse(
        kubeconfig({ name: 'other', user: { 'auth-provider': { name: 'gcp' }, mystery: 1 } }),
      ) as Record<string, unknown[]>
      const ours = JSON.parse(kubeconfig({ user: { token: 't' } })) as Record<string, unknown[]>
      const both = {
        ...ours,
        ...Object.fromEntries(
          ['contexts', 'clusters', 'users'].map((list) => [list, [...(other[list] ?? []), ...(ours[list] ?? [])]]),
        ),
      }
      expectOk(await resolve({ kubeconfig: await scratch.write('config', JSON.stringify(both)) }))
    })
  })

  describe('the cluster', () => {
    it('understands address, base path, authority, server name and proxy', async () => {
      const cluster = {
        server: 'https://rancher.example/k8s/clusters/c-1/',
        'certificate-authority-data': base64(authority.cert),
        'tls-server-name': 'kubernetes',
        'proxy-url': 'http://proxy.example:3128',
        'disable-compression': true,
        extensions: [{ name: 'x', extension: {} }],
      }
      expect(expectOk(await of({ cluster }))).toMatchObject({
        origin: 'https://rancher.example',
        basePath: '/k8s/clusters/c-1',
        tls: { ca: authority.cert, servername: 'kubernetes', insecureSkipVerify: false },
        proxyUrl: 'http://proxy.example:3128',
      })
    })

    it('finds the authority’s file beside the kubeconfig', async () => {
      await scratch.write('ca.crt', authority.cert)
      expect(expectOk(await of({ cluster: { 'certificate-authority': 'ca.crt' } })).tls.ca).toBe(authority.cert)
      expect(await problemOf({ cluster: { 'certificate-authority': 'other.crt' } })).toMatchObject({
        reason: 'credential_failed',
        message: expect.stringContaining('ENOENT'),
      })
    })

    it.each<[string, object, string]>([
      [
        'authority that contradicts a switched-off check',
        { 'insecure-skip-tls-verify': true, 'certificate-authority-data': base64(authority.cert) },
        'bad_setting',
      ],
      [
        'authority that holds no certificate',
        { 'certificate-authority-data': base64('nonsense') },
        'credential_failed',
      ],
      ['authority that is no base64', { 'certificate-authority-data': '%%%' }, 'credential_failed'],
      ['proxy of an unknown sort', { 'proxy-url': 'socks5://proxy' }, 'kubeconfig_field_unsupported'],
      ['field that nobody knows', { 'tls-fingerprint': 'x' }, 'kubeconfig_field_unsupported'],
      ['switch that is no boolean', { 'insecure-skip-tls-verify': 'yes' }, 'kubeconfig_field_unsupported'],
      ['server without a scheme', { server: 'kube.example:6443' }, 'bad_setting'],
      ['server with a password in it', { server: 'https://a:b@kube.example' }, 'bad_setting'],
    ])('refuses a %s', async (_, cluster, reason) => {
      expect(await problemOf({ cluster })).toMatchObject({ reason })
    })

    it('takes the proxy of the environment, as kubectl does', async () => {
      const HTTPS_PROXY = 'proxy.example:3128'
      const proxyFor = async (environment: ConnectionRequest['environment']) =>
        expectOk(await of({}, { environment })).proxyUrl
      expect(await proxyFor({ HTTPS_PROXY })).toBe('http://proxy.example:3128')
      expect(await proxyFor({ HTTPS_PROXY, NO_PROXY: 'other.example, .example' })).toBeUndefined()
      expect(await problemOf({}, { environment: { HTTPS_PROXY: 'socks5://proxy.example:1080' } })).toMatchObject({
        reason: 'kubeconfig_field_unsupported',
        next: expect.stringContaining('SOCKS proxies are not supported'),
      })
      expect(
        expectOk(await of({ cluster: { 'proxy-url': 'http://own.example' } }, { environment: { HTTPS_PROXY } }))
          .proxyUrl,
      ).toBe('http://own.example')
    })
  })

  describe('the user', () => {
    it('understands a token', async () => {
      expect(await authorizationOf({ token: 'abc' })).toEqual({ ok: true, value: 'Bearer abc' })
    })

    it('understands a name and a password', async () => {
      expect(await authorizationOf({ username: 'ada', password: 'pässword' })).toEqual({
        ok: true,
        value: `Basic ${base64('ada:pässword')}`,
      })
    })

    it('reads a token file beside the kubeconfig anew each time, before `token`', async () => {
      await scratch.write('token', 'from-file\n')
      const connection = expectOk(await of({ user: { tokenFile: 'token', token: 'fixed' } }))
      expect(await connection.authorization()).toEqual({ ok: true, value: 'Bearer from-file' })
      await scratch.write('token', 'rotated')
      expect(await connection.authorization()).toEqual({ ok: true, value: 'Bearer rotated' })
      await rm(join(scratch.directory, 'token'))
      expect(await connection.authorization()).toEqual({ ok: true, value: 'Bearer fixed' })
    })

    it.each([
      ['missing token file', { tokenFile: 'nowhere' }],
      ['empty token', { token: '' }],
      ['token with a line break', { token: 'a\r\nX-Evil: 1' }],
    ])('never becomes anonymous for a %s', async (_, user) => {
      expect(expectProblem(await authorizationOf(user))).toMatchObject({ reason: 'credential_failed' })
    })

    it('never becomes anonymous for an empty token file', async () => {
      await scratch.write('token', '\n')
      expect(expectProblem(await authorizationOf({ tokenFile: 'token' })).reason).toBe('credential_failed')
    })

    it('understands client certificates as data and as files, renewed or not', async () => {
      const data = { 'client-certificate-data': base64('CERT'), 'client-key-data': base64('KEY') }
      expect(await expectOk(await of({ user: data })).clientCertificate()).toEqual({
        ok: true,
        value: { cert: 'CERT', key: 'KEY' },
      })
      await scratch.write('c.crt', 'one')
      await scratch.write('c.key', 'one')
      const connection = expectOk(await of({ user: { 'client-certificate': 'c.crt', 'client-key': 'c.key' } }))
      expect(await connection.clientCertificate()).toEqual({ ok: true, value: { cert: 'one', key: 'one' } })
      await scratch.write('c.crt', 'two')
      expect(await connection.clientCertificate()).toEqual({ ok: true, value: { cert: 'two', key: 'one' } })
      expect(
        expectProblem(
          await expectOk(await of({ user: { 'client-certificate-data': base64('x') } })).clientCertificate(),
        ).reason,
      ).toBe('credential_failed')
    })

    it('acts as whom the entry says, or as whom the operator says', async () => {
      const user = {
        token: 't',
        as: 'ada',
        'as-uid': 'u',
        'as-groups': ['dev', 'ops'],
        'as-user-extra': { scopes: ['x'] },
      }
      expect(expectOk(await of({ user })).impersonation).toEqual({
        user: 'ada',
        uid: 'u',
        groups: ['dev', 'ops'],
        extra: { scopes: ['x'] },
      })
      expect(expectOk(await of({ user }, { impersonation: { user: 'bob', groups: [] } })).impersonation).toEqual({
        user: 'bob',
        groups: [],
      })
      expect(expectOk(await of({ user: { token: 't' } })).impersonation).toBeUndefined()
    })

    it('acts as whom the operator says, with uid, groups and extras, and in place of what the entry says', async () => {
      const impersonation = {
        user: 'bob',
        uid: '7',
        groups: ['dev', 'ops'],
        extra: { 'example.com/Reason': ['a', 'b'] },
      }
      const user = { token: 't', as: 'ada', 'as-groups': ['system:masters'] }
      expect(expectOk(await of({ user }, { impersonation })).impersonation).toEqual(impersonation)
    })

    it.each<[string, Impersonation]>([
      ['groups', { user: '', groups: ['system:masters'] }],
      ['a uid', { user: '', groups: [], uid: '7' }],
      ['extras', { user: '', groups: [], extra: { scopes: ['x'] } }],
      ['a user with a line break', { user: 'a\r\nImpersonate-Group: system:masters', groups: [] }],
      ['a uid with a line break', { user: 'a', groups: [], uid: '1\n2' }],
      ['an extra with a line break', { user: 'a', groups: [], extra: { scopes: ['x\ny'] } }],
      ['an extra with a name that is none', { user: 'a', groups: [], extra: { '': ['x'] } }],
      ['an extra with a name beyond ASCII', { user: 'a', groups: [], extra: { 'ä\n': ['x'] } }],
    ])('never forgets whom to act as: %s alone are refused', async (_, impersonation) => {
      expect(await problemOf({ user: { token: 't' } }, { impersonation })).toMatchObject({
        reason: 'kubeconfig_field_unsupported',
      })
    })

    it.each<[string, object]>([
      ['a group with a line break', { as: 'ada', 'as-groups': ['x\r\nImpersonate-Group: system:masters'] }],
      ['groups without a user', { token: 't', 'as-groups': ['x'] }],
      ['a provider that is gone', { 'auth-provider': { name: 'gcp', config: { 'access-token': 'x' } } }],
      [
        'a provider and a plugin',
        { 'auth-provider': { name: 'oidc' }, exec: { apiVersion: 'client.authentication.k8s.io/v1', command: 'x' } },
      ],
      ['a token and a password', { token: 't', username: 'u', password: 'p' }],
      ['a field that nobody knows', { 'token-data': 'x' }],
      ['client-node’s spelling of the token file', { 'token-file': 'x' }],
      ['a token that YAML took for a number', { token: 12_345 }],
      ['a plugin of an old protocol', { exec: { apiVersion: 'client.authentication.k8s.io/v1alpha1', command: 'x' } }],
      [
        'a plugin that wants a terminal',
        { exec: { apiVersion: 'client.authentication.k8s.io/v1', command: 'x', interactiveMode: 'Always' } },
      ],
      ['a plugin without a command', { exec: { apiVersion: 'client.authentication.k8s.io/v1' } }],
      [
        'a plugin with an unknown field',
        { exec: { apiVersion: 'client.authentication.k8s.io/v1', command: 'x', stdin: 'x' } },
      ],
    ])('refuses %s, and says which field, but no value', async (_, user) => {
      const problem = await problemOf({ user })
      expect(problem.reason).toBe('kubeconfig_field_unsupported')
      expect(problem.message).not.toContain('12345')
    })

    it('does not send a credential over plain http, and needs none for a local proxy of kubectl', async () => {
      const cluster = { server: 'http://127.0.0.1:8001' }
      expect(await problemOf({ cluster, user: { token: 't' } })).toMatchObject({
        reason: 'kubeconfig_field_unsupported',
        message: expect.stringContaining('plain http'),
      })
      expect(await expectOk(await of({ cluster })).authorization()).toEqual({ ok: true, value: undefined })
    })
  })
})
