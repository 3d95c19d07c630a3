import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, readlinkSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { detachedWorker } from '../../../src/adapters/local/worker-launcher.ts'
import type { ExecutionId } from '../../../src/model/ids.ts'
import { temporaryDirectory } from '../../harness/temporary-directory.ts'
import { problemOf, valueOf } from '../../safety/support/value-of.ts'

const PROGRAM = join(import.meta.dirname, 'fixtures', 'tell-and-wait.mjs')
const LAUNCH = join(import.meta.dirname, 'fixtures', 'launch-and-leave.ts')
const X = 'x-2abc' as ExecutionId

interface Told {
  readonly pid: number
  readonly ppid: number
  readonly argv: readonly string[]
  readonly execArgv: readonly string[]
  readonly nodeOptions: string | null
  readonly path: string | null
}

async function place() {
  const { path, remove } = await temporaryDirectory('launch')
  onTestFinished(remove)
  const file = join(path, 'told')
  const told = async (): Promise<Told> => {
    await expect.poll(() => existsSync(file), { timeout: 5_000 }).toBe(true)
    const read = JSON.parse(readFileSync(file, 'utf8')) as Told
    onTestFinished(() => void process.kill(read.pid, 'SIGKILL'))
    return read
  }
  return { stateDir: path, file, told }
}

it('starts the same program as a worker of that execution, with its flags and nothing else', async () => {
  const { stateDir, file, told } = await place()
  const flags = ['--context', 'a b; $(touch x)', file]
  valueOf(await detachedWorker({ program: PROGRAM, flags, stateDir }).launch(X))
  // No shell is involved: every flag arrives as it is.
  expect(await told()).toMatchObject({ argv: ['worker', X, ...flags], execArgv: [], path: process.env['PATH'] ?? null })
})

it('does not let the environment load code into the process that writes', async () => {
  const { stateDir, file, told } = await place()
  const before = process.env['NODE_OPTIONS']
  process.env['NODE_OPTIONS'] = '--title=evil'
  onTestFinished(() => {
    if (before === undefined) delete process.env['NODE_OPTIONS']
    else process.env['NODE_OPTIONS'] = before
  })
  valueOf(await detachedWorker({ program: PROGRAM, flags: [file], stateDir }).launch(X))
  expect((await told()).nodeOptions).toBeNull()
})

it('starts a process that outlives whoever asked for it, in a session of its own', async () => {
  const { stateDir, file, told } = await place()
  const asked = spawnSync(process.execPath, [LAUNCH, PROGRAM, stateDir, file], { encoding: 'utf8' })
  expect([asked.status, asked.stderr]).toEqual([0, ''])
  const { pid } = await told()
  expect(process.kill(pid, 0)).toBe(true)
  // The leader of a group of its own: a Ctrl-C in the terminal of the one that asked does not reach it.
  expect(process.kill(-pid, 0)).toBe(true)
})

it('keeps what a worker says in a log for its owner alone', async () => {
  const before = process.umask(0)
  onTestFinished(() => void process.umask(before))
  const { stateDir, file, told } = await place()
  valueOf(await detachedWorker({ program: PROGRAM, flags: [file], stateDir }).launch(X))
  await told()
  const log = join(stateDir, 'worker.log')
  expect(statSync(log).mode & 0o777).toBe(0o600)
  await expect.poll(() => readFileSync(log, 'utf8')).toBe('to stdout\nto stderr\n')
})

it.runIf(existsSync('/proc/self/fd'))('keeps no log open: a server starts many workers', async () => {
  const { stateDir, file, told } = await place()
  valueOf(await detachedWorker({ program: PROGRAM, flags: [file], stateDir }).launch(X))
  await told()
  const open = readdirSync('/proc/self/fd').map((fd) => {
    try {
      return readlinkSync(join('/proc/self/fd', fd))
    } catch {
      return 'closed meanwhile'
    }
  })
  expect(open).not.toContain(join(stateDir, 'worker.log'))
})

it('says what to run where the worker cannot be started', async () => {
  const { stateDir } = await place()
  const launcher = detachedWorker({ program: PROGRAM, flags: [], stateDir: join(stateDir, 'not-there') })
  const why = problemOf(await launcher.launch(X))
  expect(why.message).toMatch(/could not be started: ENOENT/)
  expect(why.next).toContain('krr-mcp worker x-2abc')
})
