import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import type { MeasuredPrometheus } from '../world/start-measured-prometheus.ts'
import type { Measured } from './measured.ts'
import type { QueryProxy } from './open-proxy.ts'
import { cpuSeconds, peakBytes } from './process-facts.ts'

export interface MeasuredRun {
  readonly command: readonly [file: string, ...args: readonly string[]]
  readonly environment: Readonly<Record<string, string>>
  /** Where it works. */
  readonly folder: string
}
export interface Watched {
  readonly proxy: QueryProxy
  readonly prometheus: MeasuredPrometheus
}
export interface MeasuredOutput extends Measured {
  readonly stdout: string
  readonly peakBytes: number
}

const LOOK_EVERY_MS = 10

/** Runs a program to its end, its start included, and says what it and Prometheus took. Throws if it fails. */
export async function runMeasured(run: MeasuredRun, { proxy, prometheus }: Watched): Promise<MeasuredOutput> {
  const [file, ...args] = run.command
  proxy.take()
  const cpuBefore = await cpuSeconds(prometheus.pid)
  const since = performance.now()
  const child = spawn(file, args, { cwd: run.folder, env: run.environment, stdio: ['ignore', 'pipe', 'pipe'] })
  const kept: Buffer[] = []
  const complaints: Buffer[] = []
  child.stdout.on('data', (chunk: Buffer) => kept.push(chunk))
  child.stderr.on('data', (chunk: Buffer) => complaints.push(chunk))
  const ended = once(child, 'close') as Promise<[number | null]>
  const watching = watchMemory(child.pid ?? 0, () => child.exitCode === null && child.signalCode === null)
  const [code] = await ended
  const wallSeconds = (performance.now() - since) / 1000
  if (code !== 0) throw new Error(`${file} ended with ${code}: ${Buffer.concat(complaints).toString().slice(-2000)}`)
  return {
    wallSeconds,
    queries: proxy.take().length,
    cpuSeconds: (await cpuSeconds(prometheus.pid)) - cpuBefore,
    peakBytes: await watching,
    stdout: Buffer.concat(kept).toString('utf8'),
  }
}

/** A mark that only rises: the last look before the end has all but a few milliseconds of it. */
async function watchMemory(pid: number, lives: () => boolean): Promise<number> {
  let peak = 0
  while (lives()) {
    peak = Math.max(peak, await peakBytes(pid))
    await sleep(LOOK_EVERY_MS)
  }
  return peak
}
