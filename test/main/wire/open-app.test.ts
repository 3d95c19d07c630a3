import { chmodSync, existsSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { person } from '../../../src/main/wire/actors.ts'
import { openApp, type OpenApp } from '../../../src/main/wire/open-app.ts'
import type { Result } from '../../../src/model/result.ts'
import type { CommonOptions } from '../../../src/surfaces/options/common-options.ts'
import { json, startFakeApi } from '../../adapters/kubernetes/support/fake-api.ts'
import { kubeconfig } from '../../adapters/kubernetes/support/kubeconfig-file.ts'
import { makeCertificate } from '../../adapters/kubernetes/support/make-certificate.ts'
import { temporaryDirectory } from '../../harness/temporary-directory.ts'
import { problemOf, valueOf } from '../../safety/support/value-of.ts'

async function place(): Promise<string> {
  const { path, remove } = await temporaryDirectory('app')
  onTestFinished(remove)
  return path
}
async function open(options: CommonOptions): Promise<Result<OpenApp>> {
  const opened = await openApp(options, person())
  if (opened.ok) onTestFinished(() => opened.value.close())
  return opened
}

describe('the program', () => {
  it('opens a journal of its own in the state directory, and names it in what people paste', async () => {
    const stateDir = join(await place(), 'state')
    const app = valueOf(await open({ stateDir, context: 'prod' }))
    expect(app).toMatchObject({
      stateDir,
      command: `krr-mcp --context prod --state-dir ${stateDir}`,
      tokenValidFor: 300_000,
    })
    expect(valueOf(await app.journal.state()).head.seq).toBe(0)
    expect(statSync(join(stateDir, 'journal.db')).mode & 0o777).toBe(0o600)
  })
  it('opens the same journal twice, as several clients do', async () => {
    const stateDir = join(await place(), 'state')
    const [first, second] = [valueOf(await open({ stateDir })), valueOf(await open({ stateDir }))]
    expect(valueOf(await second.journal.state()).head).toEqual(valueOf(await first.journal.state()).head)
  })
  it('writes nothing where the state directory is not safe', async () => {
    const stateDir = await place()
    chmodSync(stateDir, 0o755)
    expect(problemOf(await open({ stateDir })).reason).toBe('state_dir_unsafe')
    expect(readdirSync(stateDir)).toEqual([])
  })
  it('does not take an empty state directory for the one it happens to be in', async () => {
    expect(problemOf(await open({ stateDir: '' }))).toMatchObject({
      reason: 'state_dir_unsafe',
      message: expect.stringContaining('is not an absolute path'),
    })
  })
  it('refuses a wrong setting before it opens anything', async () => {
    const stateDir = join(await place(), 'state')
    for (const wrong of [{ soakSeconds: 'x' }, { executionDeadlineSeconds: '-1' }, { tokenSeconds: '301' }])
      expect(problemOf(await open({ stateDir, ...wrong })).reason).toBe('bad_setting')
    expect(existsSync(stateDir)).toBe(false)
  })
  it('says so where the journal is none, and starts nothing', async () => {
    const stateDir = await place()
    writeFileSync(join(stateDir, 'journal.db'), 'not a database\n'.repeat(100), { mode: 0o600 })
    expect(problemOf(await open({ stateDir })).reason).toBe('journal_unwritable')
  })
  it('starts without cluster, metrics and policy, and says at the first use what is missing', async () => {
    const folder = await place()
    mkdirSync(join(folder, 'state'), { mode: 0o700 })
    const app = valueOf(
      await open({
        stateDir: join(folder, 'state'),
        kubeconfig: join(folder, 'no-kubeconfig'),
        policy: join(folder, 'none'),
      }),
    )
    expect(problemOf(await app.cluster()).reason).toBe('no_kubeconfig')
    expect(problemOf(await app.usage()).reason).toBe('no_kubeconfig')
    expect(problemOf(await app.policyFile()).reason).toBe('policy_invalid')
  })
  it('takes no relative policy, wherever it is started', async () => {
    const app = valueOf(await open({ stateDir: join(await place(), 'state'), policy: 'policy.yaml' }))
    expect(problemOf(await app.policyFile()).message).toContain('is not absolute')
  })
  it('looks for metrics in the cluster as the user that was chosen, where no address was', async () => {
    const folder = await place()
    const authority = makeCertificate({ commonName: 'cluster', authority: true })
    const server = makeCertificate({ commonName: 'api', issuer: authority, ips: ['127.0.0.1'] })
    const api = await startFakeApi({ server })
    onTestFinished(() => api.close())
    api.reply(json(200, { items: [] }))
    const cluster = { server: api.origin, 'certificate-authority-data': Buffer.from(authority.cert).toString('base64') }
    const file = join(folder, 'kubeconfig')
    writeFileSync(file, kubeconfig({ cluster, user: { token: 'of-the-cluster' } }), { mode: 0o600 })
    const options = { stateDir: join(folder, 'state'), kubeconfig: file, asUser: 'ada', asGroups: ['dev', 'ops'] }
    const app = valueOf(await open(options))
    expect(problemOf(await app.usage()).reason).toBe('prometheus_not_found')
    expect(api.seen.length).toBeGreaterThan(30)
    for (const { headers } of api.seen)
      expect(headers).toMatchObject({ 'impersonate-user': 'ada', 'impersonate-group': 'dev, ops' })
  })
})
