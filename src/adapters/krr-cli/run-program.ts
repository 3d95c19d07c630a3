import { spawn } from 'node:child_process'
import { setTimeout as sleep } from 'node:timers/promises'
import { endGroup, killGroup } from './end-group.ts'

/** A program, and how long and how loud it may be. */
export interface ProgramRun {
  readonly file: string
  readonly args: readonly string[]
  /** All that it sees of ours. */
  readonly environment: Readonly<Record<string, string>>
  readonly folder: string
  readonly timeoutMs: number
  /** From SIGTERM to SIGKILL. */
  readonly graceMs: number
  readonly mostOutputBytes: number
  readonly signal?: AbortSignal
}
export interface ProgramOutput {
  readonly stdout: string
  /** The end of it. */
  readonly stderr: string
}
export type ProgramEnd =
  | ({ readonly kind: 'exited'; readonly code: number | null } & ProgramOutput)
  | ({ readonly kind: 'timed_out' | 'stopped' | 'too_much' } & ProgramOutput)
  | { readonly kind: 'not_started'; readonly code: string }

const STDERR_KEPT = 256 * 1024
/** Its pipes stay open as long as a child of it lives, and for ever where that child left the group. */
const PIPES_MS = 1000

/**
 * Runs a program: no shell, no input, a process group of its own, a time limit, a cap on what is kept of its output.
 * When this resolves, nothing of the group lives. Never rejects.
 */
export async function runProgram(run: ProgramRun): Promise<ProgramEnd> {
  if (run.signal?.aborted) return { kind: 'stopped', stdout: '', stderr: '' }
  try {
    return await watch(start(run), run)
  } catch (error) {
    return { kind: 'not_started', code: codeOf(error) }
  }
}

const start = ({ file, args, environment, folder }: ProgramRun) =>
  spawn(file, [...args], {
    cwd: folder,
    env: environment,
    stdio: ['ignore', 'pipe', 'pipe'],
    shell: false,
    detached: process.platform !== 'win32',
    windowsHide: true,
  })

type Why = 'ended' | 'timed_out' | 'stopped' | 'too_much' | { readonly notStarted: string }

async function watch(child: ReturnType<typeof start>, run: ProgramRun): Promise<ProgramEnd> {
  const { promise, resolve } = Promise.withResolvers<Why>()
  const stdout = keepAll(child.stdout, run.mostOutputBytes, () => resolve('too_much'))
  const stderr = keepEnd(child.stderr, STDERR_KEPT)
  const timer = setTimeout(resolve, run.timeoutMs, 'timed_out')
  const onAbort = (): void => resolve('stopped')
  run.signal?.addEventListener('abort', onAbort, { once: true })
  // Its own group means that a Ctrl-C for us does not reach it.
  const onExit = (): void => killGroup(child)
  process.once('exit', onExit)
  const closed = new Promise((done) => child.once('close', done))
  child.once('error', (error) => resolve({ notStarted: codeOf(error) }))
  child.once('exit', () => resolve('ended'))
  const why = await promise
  clearTimeout(timer)
  run.signal?.removeEventListener('abort', onAbort)
  if (typeof why !== 'string') {
    process.off('exit', onExit)
    return { kind: 'not_started', code: why.notStarted }
  }
  if (why === 'ended') await Promise.race([closed, sleep(PIPES_MS)])
  await endGroup(child, why === 'ended' ? 0 : run.graceMs)
  await Promise.race([closed, sleep(PIPES_MS)])
  process.off('exit', onExit)
  const output = { stdout: stdout(), stderr: stderr() }
  return why === 'ended' ? { kind: 'exited', code: child.exitCode, ...output } : { kind: why, ...output }
}

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error ? String(error.code) : 'unknown error'

function keepAll(stream: NodeJS.ReadableStream, most: number, overflow: () => void): () => string {
  const chunks: Buffer[] = []
  let size = 0
  stream.on('data', (chunk: Buffer) => {
    size += chunk.length
    if (size > most) overflow()
    else chunks.push(chunk)
  })
  return () => Buffer.concat(chunks).toString('utf8')
}

/** krr prints a traceback of pages for every refused request; what matters stands at the end. */
function keepEnd(stream: NodeJS.ReadableStream, most: number): () => string {
  let kept = Buffer.alloc(0)
  stream.on('data', (chunk: Buffer) => {
    const all = Buffer.concat([kept, chunk])
    kept = all.length > most ? Buffer.from(all.subarray(all.length - most)) : all
  })
  return () => kept.toString('utf8')
}
