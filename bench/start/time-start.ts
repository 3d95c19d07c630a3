import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, readFileSync } from 'node:fs'
import { createInterface } from 'node:readline'
import type { Message } from './handshake.ts'

export interface Started {
  readonly file: string
  readonly cacheHome: string
  readonly messages: readonly Message[]
}
/** Of one start, until its last answer had arrived. */
export interface Timing {
  readonly millis: number
  /** Of all its threads. Unlike `millis` it hardly grows when others use the machine. */
  readonly cpuMillis: number
  /** The most memory that it had held by then, in bytes. */
  readonly peakBytes: number
}

function peakOf(child: ChildProcess): number {
  const [, kibibytes] = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8')) ?? []
  if (kibibytes === undefined) throw new Error('the kernel does not say how much memory a process has held')
  return Number(kibibytes) * 1024
}

function cpuMillisOf(child: ChildProcess): number {
  const tasks = `/proc/${child.pid}/task`
  const nanos = readdirSync(tasks).map((task) =>
    Number(readFileSync(`${tasks}/${task}/schedstat`, 'utf8').split(' ')[0]),
  )
  return nanos.reduce((sum, each) => sum + each, 0) / 1e6
}

/** Starts Node on a file, says everything that a host says, and ends it. Throws when an answer is an error or does not come. */
export async function timeStart({ file, cacheHome, messages }: Started): Promise<Timing> {
  const since = performance.now()
  const env = { PATH: process.env['PATH'], HOME: cacheHome, XDG_CACHE_HOME: cacheHome }
  const child = spawn(process.execPath, [file], { stdio: ['pipe', 'pipe', 'inherit'], env, timeout: 30_000 })
  const exit = once(child, 'exit')
  const waiting = [...messages]
  const sayNext = (): void => {
    for (let message = waiting.shift(); message; message = waiting.shift()) {
      child.stdin.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`)
      if (message.id !== undefined) return
    }
  }
  sayNext()
  let timing: Timing | undefined
  for await (const line of createInterface({ input: child.stdout })) {
    const answer = JSON.parse(line) as { readonly id?: number; readonly error?: unknown }
    if (answer.error !== undefined) throw new Error(`${file} answered: ${line.slice(0, 300)}`)
    if (answer.id === messages.at(-1)?.id) {
      timing = { millis: performance.now() - since, cpuMillis: cpuMillisOf(child), peakBytes: peakOf(child) }
      child.stdin.end()
    } else sayNext()
  }
  await exit
  if (!timing) throw new Error(`${file} ended without an answer`)
  return timing
}
