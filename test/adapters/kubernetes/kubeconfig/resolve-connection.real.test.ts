import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { resolveConnection } from '../../../../src/adapters/kubernetes/kubeconfig/resolve-connection.ts'
import { connectReader } from '../../../../src/adapters/kubernetes/read/connect-reader.ts'
import { describeReal } from '../../../harness/describe-real.ts'
import { expectOk, expectProblem } from '../support/expect-ok.ts'
import { kubeconfig, type Scratch, scratchDirectory } from '../support/kubeconfig-file.ts'

describeReal('a kubeconfig against a real API server', (controlPlane) => {
  let scratch: Scratch
  let cluster: object
  beforeAll(async () => {
    scratch = await scratchDirectory()
    cluster = {
      server: controlPlane.url,
      'certificate-authority-data': Buffer.from(await readFile(controlPlane.caFile)).toString('base64'),
    }
  })
  afterAll(async () => await scratch.remove())

  const nobody = { verb: 'list', resource: 'pods' }
  const ask = async (user: object, more: object = {}) => {
    const path = await scratch.write('config', kubeconfig({ cluster: { ...cluster, ...more }, user }))
    const reader = connectReader(
      expectOk(await resolveConnection({ kubeconfig: path, environment: { PATH: process.env.PATH } })),
    )
    const answer = await reader.checkAccess(nobody)
    await reader.close()
    return answer
  }

  it('logs in with a token file', async () => {
    await scratch.write('token', `${controlPlane.tokens.operator}\n`)
    expect(expectOk(await ask({ tokenFile: 'token' })).allowed).toBe(true)
  })

  it('logs in with a plugin', async () => {
    const credential = {
      apiVersion: 'client.authentication.k8s.io/v1',
      kind: 'ExecCredential',
      status: { token: controlPlane.tokens.operator },
    }
    const exec = {
      apiVersion: credential.apiVersion,
      command: process.execPath,
      args: ['-p', JSON.stringify(JSON.stringify(credential))],
      interactiveMode: 'Never',
    }
    expect(expectOk(await ask({ exec })).allowed).toBe(true)
  })

  it('acts as the user and the groups of the entry', async () => {
    const token = controlPlane.tokens.operator
    expect(expectOk(await ask({ token, as: 'nobody' })).allowed).toBe(false)
    expect(expectOk(await ask({ token, as: 'nobody', 'as-groups': ['a', 'system:masters'] })).allowed).toBe(true)
    const extra = {
      token,
      as: 'nobody',
      'as-uid': 'u-1',
      'as-groups': ['system:masters'],
      'as-user-extra': { 'example.com/Scope': ['x', 'y'] },
    }
    expect(expectOk(await ask(extra)).allowed).toBe(true)
  })

  it('checks the server by the authority and the name that the cluster entry gives', async () => {
    const token = controlPlane.tokens.operator
    expect(expectProblem(await ask({ token }, { 'certificate-authority-data': undefined })).message).toContain(
      'cannot be trusted',
    )
    expect(expectProblem(await ask({ token }, { 'tls-server-name': 'elsewhere.example' })).message).toContain(
      'cannot be trusted',
    )
    expect(expectOk(await ask({ token }, { 'tls-server-name': 'kubernetes.default.svc' })).allowed).toBe(true)
    const blind = { 'certificate-authority-data': undefined, 'insecure-skip-tls-verify': true }
    expect(expectOk(await ask({ token }, blind)).allowed).toBe(true)
  })

  it('says that a token is not taken', async () => {
    expect(expectProblem(await ask({ token: 'wrong' }))).toMatchObject({ reason: 'api_unauthorized' })
  })
})
