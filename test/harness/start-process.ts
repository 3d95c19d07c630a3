import { spawn, type ChildProcess } from 'node:child_process'
import { closeSync, openSync, readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { tellReaper } from './reaper.ts'

export interface ProcessToStart {
  readonly name: string
  readonly file: string
  readonly args: readonly string[]
  readonly logFile: string
}

export interface StartedProcess {
  readonly name: string
  readonly pid: number
  /** Why it ended, with the end of its log; undefined while it runs. */
  readonly ended: () => string | undefined
  /** Asks it to end, then ends it. By its own id, and never more than once. */
  readonly stop: () => Promise<void>
}

const PATIENCE_MS = 2_000

/** Starts one server of the test bed, its output in a log file. */
export async function startProcess({ name, file, args, logFile }: ProcessToStart): Promise<StartedProcess> {
  const log = openSync(logFile, 'a')
  const child = spawn(file, args, { stdio: ['ignore', log, log], env: childEnvironment() })
  closeSync(log)
  const exit = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  const pid = await new Promise<number>((resolve, reject) => {
    child.once('error', reject)
    child.once('spawn', () => resolve(child.pid as number))
  })
  tellReaper({ kind: 'started', pid })
  void exit.then(() => tellReaper({ kind: 'ended', pid }))
  return { name, pid, ended: () => obituary(child, { name, logFile }), stop: async () => await stop(child, exit) }
}

/** What a server needs and no more: a token of the developer's shell has no business in it. */
function childEnvironment(): NodeJS.ProcessEnv {
  const { PATH, HOME, TMPDIR } = process.env
  return { ...(PATH && { PATH }), ...(HOME && { HOME }), ...(TMPDIR && { TMPDIR }), TZ: 'UTC' }
}

function hasEnded(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null
}

function obituary(child: ChildProcess, { name, logFile }: { name: string; logFile: string }): string | undefined {
  if (!hasEnded(child)) return undefined
  const tail = readFileSync(logFile, 'utf8').split('\n').slice(-15).join('\n')
  return `${name} ended (${child.signalCode ?? `exit code ${child.exitCode}`}):\n${tail}`
}

async function stop(child: ChildProcess, exit: Promise<void>): Promise<void> {
  if (hasEnded(child)) return
  child.kill('SIGTERM')
  const patience = new AbortController()
  await Promise.race([exit, sleep(PATIENCE_MS, undefined, { signal: patience.signal }).catch(() => {})])
  patience.abort()
  if (!hasEnded(child)) child.kill('SIGKILL')
  await exit
}
