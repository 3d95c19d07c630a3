import { spawn, type ChildProcess } from 'node:child_process'

export interface PluginRun {
  readonly command: string
  readonly args: readonly string[]
  readonly environment: Readonly<Record<string, string>>
  readonly timeoutMillis: number
}
export type PluginEnd =
  | { readonly kind: 'exited'; readonly code: number | null; readonly stdout: string; readonly stderr: string }
  | { readonly kind: 'not_started'; readonly code: string }
  | { readonly kind: 'timed_out' }
  | { readonly kind: 'too_much' }

const MOST_OUTPUT = 1 << 20

/** Runs a credential plugin: no shell, no input, its own process group, a time limit, a cap on what it prints. Never rejects. */
export async function runPlugin(run: PluginRun): Promise<PluginEnd> {
  try {
    return await watch(start(run), run.timeoutMillis)
  } catch (error) {
    return { kind: 'not_started', code: codeOf(error) }
  }
}

const start = ({ command, args, environment }: PluginRun) =>
  spawn(command, [...args], {
    env: environment,
    stdio: ['ignore', 'pipe', 'pipe'],
    shell: false,
    detached: process.platform !== 'win32',
    windowsHide: true,
  })

async function watch(child: ReturnType<typeof start>, timeoutMillis: number): Promise<PluginEnd> {
  const { promise, resolve } = Promise.withResolvers<PluginEnd>()
  const stop = (end: PluginEnd): void => {
    killGroup(child)
    resolve(end)
  }
  const timer = setTimeout(stop, timeoutMillis, { kind: 'timed_out' } satisfies PluginEnd)
  const stdout = collect(child.stdout, () => stop({ kind: 'too_much' }))
  const stderr = collect(child.stderr, () => stop({ kind: 'too_much' }))
  // Its own group means that a Ctrl-C for us does not reach it.
  const onExit = (): void => killGroup(child)
  process.once('exit', onExit)
  child.once('error', (error) => resolve({ kind: 'not_started', code: codeOf(error) }))
  child.once('close', (code) => resolve({ kind: 'exited', code, stdout: stdout(), stderr: stderr() }))
  const end = await promise
  clearTimeout(timer)
  process.off('exit', onExit)
  return end
}

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error ? String(error.code) : 'unknown error'

function collect(stream: NodeJS.ReadableStream, overflow: () => void): () => string {
  const chunks: Buffer[] = []
  let size = 0
  stream.on('data', (chunk: Buffer) => {
    size += chunk.length
    if (size > MOST_OUTPUT) overflow()
    else chunks.push(chunk)
  })
  return () => Buffer.concat(chunks).toString('utf8')
}

// The plugin's children too: they hold its pipes open, and a login helper that hangs would outlive us.
function killGroup(child: ChildProcess): void {
  if (child.pid === undefined) return
  try {
    if (process.platform === 'win32') child.kill('SIGKILL')
    else process.kill(-child.pid, 'SIGKILL')
  } catch {
    // It has ended by itself.
  }
}
