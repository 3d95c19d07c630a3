import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { execCredential } from '../../../../src/adapters/kubernetes/kubeconfig/exec-credential.ts'
import { execEnvironment } from '../../../../src/adapters/kubernetes/kubeconfig/exec-environment.ts'
import type { ExecEntry } from '../../../../src/adapters/kubernetes/kubeconfig/kubeconfig-entries.ts'
import { resolveConnection } from '../../../../src/adapters/kubernetes/kubeconfig/resolve-connection.ts'
import { expectOk, expectProblem } from '../support/expect-ok.ts'
import { kubeconfig, type Scratch, scratchDirectory } from '../support/kubeconfig-file.ts'

const V1 = 'client.authentication.k8s.io/v1'

describe('a credential plugin', () => {
  let scratch: Scratch
  beforeEach(async () => {
    scratch = await scratchDirectory()
  })
  afterEach(async () => await scratch.remove())

  /** A plugin whose body is `code`; `say(status)` prints a credential, and every run leaves a line in `runs`. */
  const plugin = async (code: string, more: Partial<ExecEntry> = {}, timeoutMillis = 5000) => {
    const script = await scratch.write(
      'plugin.mjs',
      `import { appendFileSync } from 'node:fs'
      appendFileSync(${JSON.stringify(join(scratch.directory, 'runs'))}, process.pid + '\\n')
      const say = (status, rest = {}) => console.log(JSON.stringify({ apiVersion: '${V1}', kind: 'ExecCredential', status, ...rest }))
      ${code}`,
    )
    const entry: ExecEntry = { apiVersion: V1, command: process.execPath, args: [script], ...more }
    const environment = execEnvironment(process.env, entry, '{}')
    return expectOk(execCredential({ entry, file: join(scratch.directory, 'config'), environment, timeoutMillis }))
  }
  const runs = async () => (await readFile(join(scratch.directory, 'runs'), 'utf8')).trim().split('\n')
  const later = (seconds: number) => `new Date(Date.now() + ${seconds * 1000}).toISOString()`

  it('is run once for many requests, also at the same time, until its answer expires', async () => {
    const source = await plugin(`say({ token: 't' + process.pid, expirationTimestamp: ${later(3600)} })`)
    const answers = await Promise.all([
      source.authorization(),
      source.authorization(),
      source.clientCertificate(),
      source.authorization(),
    ])
    expectOk(await source.authorization())
    const [pid] = await runs()
    expect(answers[0]).toEqual({ ok: true, value: `Bearer t${pid}` })
    expect(answers[2]).toEqual({ ok: true, value: undefined })
    expect(await runs()).toHaveLength(1)
  })

  it('is run again when its answer is about to expire', async () => {
    const source = await plugin(`say({ token: 't', expirationTimestamp: ${later(5)} })`)
    expectOk(await source.authorization())
    expectOk(await source.authorization())
    expect(await runs()).toHaveLength(2)
  })

  it('is run again when the server refused what it gave', async () => {
    const source = await plugin(`say({ token: 't' })`)
    expect(source.refused()).toBe(false)
    expectOk(await source.authorization())
    expect(source.refused()).toBe(true)
    expectOk(await source.authorization())
    expect(await runs()).toHaveLength(2)
  })

  it('may give a client certificate', async () => {
    const source = await plugin(`say({ clientCertificateData: 'CERT', clientKeyData: 'KEY' })`)
    expect(await source.clientCertificate()).toEqual({ ok: true, value: { cert: 'CERT', key: 'KEY' } })
    expect(await source.authorization()).toEqual({ ok: true, value: undefined })
  })

  it('is given no terminal, no input and no shell', async () => {
    const args = [
      '-e',
      `console.log(JSON.stringify({ apiVersion: '${V1}', kind: 'ExecCredential', status: { token: [process.stdin.isTTY ?? false, process.argv[1]].join('/') } }))`,
      '$(id);`id`',
    ]
    const source = await plugin('', { args })
    expect(await source.authorization()).toEqual({ ok: true, value: 'Bearer false/$(id);`id`' })
  })

  it.each<[string, string, string]>([
    ['prints nothing', '', 'did not print an ExecCredential'],
    ['prints something else', `console.log('{"token":"s3cret"}')`, 'did not print an ExecCredential'],
    ['prints an empty credential', 'say({})', 'neither a token nor a certificate'],
    ['prints half a certificate', `say({ clientCertificateData: 's3cret' })`, 'half of a client certificate'],
    [
      'speaks another version',
      `say({ token: 's3cret' }, { apiVersion: 'client.authentication.k8s.io/v1beta1' })`,
      'answered with apiVersion',
    ],
    ['gives a broken time', `say({ token: 's3cret', expirationTimestamp: 'soon' })`, 'is no time'],
    ['gives a broken token', `say({ token: 's3cret\\nX-Evil: 1' })`, 'holds characters that no token has'],
    ['fails', `console.error('please log in\\u001b[2J'); process.exit(3)`, 'exit code 3: please log in'],
    ['kills itself', `process.kill(process.pid, 'SIGKILL')`, 'exit code none'],
    [
      'prints without end',
      `for (;;) if (!process.stdout.write('x'.repeat(65536))) await new Promise((go) => process.stdout.once('drain', go))`,
      'printed more than a credential',
    ],
  ])('that %s is a problem that says so, without what it printed', async (_, code, words) => {
    const source = await plugin(code)
    const problem = expectProblem(await source.authorization())
    expect(problem).toMatchObject({ reason: 'credential_failed', message: expect.stringContaining(words) })
    expect(JSON.stringify(problem)).not.toContain('s3cret')
    // A later attempt runs it again: a failure is not kept.
    expectProblem(await source.clientCertificate())
    expect(await runs()).toHaveLength(2)
  })

  it('that hangs is ended, and its children with it', async () => {
    const child = `process.on('SIGTERM', () => {}); setInterval(() => {}, 1000)`
    const source = await plugin(
      `import { spawn } from 'node:child_process'
       const child = spawn(process.execPath, ['-e', ${JSON.stringify(child)}], { stdio: 'inherit' })
       appendFileSync(${JSON.stringify(join(scratch.directory, 'runs'))}, child.pid + '\\n')
       setInterval(() => {}, 1000)`,
      {},
      1500,
    )
    expect(expectProblem(await source.authorization()).message).toContain('did not answer in time')
    const pids = (await runs()).map(Number)
    expect(pids).toHaveLength(2)
    await sleep(200)
    for (const pid of pids) expect(await isRunning(pid)).toBe(false)
  })

  it('that is not installed is a problem with its own hint', async () => {
    const source = await plugin('', { command: 'no-such-plugin', installHint: 'brew install no-such-plugin' })
    expect(expectProblem(await source.authorization())).toMatchObject({
      message: expect.stringContaining('could not be started (ENOENT)'),
      next: 'brew install no-such-plugin',
    })
    const broken = await plugin('', { command: 'a\0b' })
    expect(expectProblem(await broken.authorization()).reason).toBe('credential_failed')
  })

  it('is found beside the kubeconfig, sees only what it may, and is told about the cluster', async () => {
    await scratch.write(
      'plugin',
      `#!${process.execPath}\nconsole.log(JSON.stringify({ apiVersion: '${V1}', kind: 'ExecCredential', status: { token: Buffer.from(JSON.stringify(process.env)).toString('base64url') } }))\n`,
      0o700,
    )
    const exec = {
      apiVersion: V1,
      command: './plugin',
      env: [
        { name: 'AWS_PROFILE', value: 'named' },
        { name: 'ROLE', value: 'r' },
      ],
      provideClusterInfo: true,
    }
    const cluster = {
      server: 'https://kube.example/x',
      'tls-server-name': 'k',
      extensions: [{ name: 'client.authentication.k8s.io/exec', extension: { audience: 'a' } }],
    }
    const environment = {
      PATH: process.env.PATH,
      HOME: '/home/x',
      AWS_PROFILE: 'ours',
      AWS_SECRET_ACCESS_KEY: 's3cret',
      GITHUB_TOKEN: 's3cret',
      NODE_OPTIONS: '--no-warnings',
      LD_PRELOAD: '',
    }
    const path = await scratch.write('config', kubeconfig({ cluster, user: { exec } }))
    const header =
      expectOk(await expectOk(await resolveConnection({ kubeconfig: path, environment })).authorization()) ?? ''
    const seen = JSON.parse(Buffer.from(header.slice('Bearer '.length), 'base64url').toString()) as Record<
      string,
      string
    >
    expect(Object.keys(seen).sort()).toEqual(['AWS_PROFILE', 'HOME', 'KUBERNETES_EXEC_INFO', 'PATH', 'ROLE'])
    expect(seen.AWS_PROFILE).toBe('named')
    expect(JSON.parse(seen.KUBERNETES_EXEC_INFO ?? '')).toEqual({
      apiVersion: V1,
      kind: 'ExecCredential',
      spec: {
        interactive: false,
        cluster: { server: 'https://kube.example/x', 'tls-server-name': 'k', config: { audience: 'a' } },
      },
    })
  })

  it('is not asked when the entry holds a token', async () => {
    const exec = { apiVersion: V1, command: 'no-such-plugin' }
    const path = await scratch.write('config', kubeconfig({ user: { token: 'fixed', exec } }))
    const connection = expectOk(await resolveConnection({ kubeconfig: path, environment: {} }))
    expect(await connection.authorization()).toEqual({ ok: true, value: 'Bearer fixed' })
  })
})

/** A zombie has ended; it only waits for somebody to notice. */
async function isRunning(pid: number): Promise<boolean> {
  try {
    const state = await readFile(`/proc/${pid}/stat`, 'utf8')
    return !/\) Z /.test(state)
  } catch {
    return false
  }
}
