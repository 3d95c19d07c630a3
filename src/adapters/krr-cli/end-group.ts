import type { ChildProcess } from 'node:child_process'
import { setTimeout as sleep } from 'node:timers/promises'

const LOOK_EVERY_MS = 25

/** Asks a program and all that it started to end, and ends them after the grace; resolves when none of them lives. */
export async function endGroup(child: ChildProcess, graceMs: number): Promise<void> {
  if (signalGroup(child, 'SIGTERM') && graceMs > 0) await untilGone(child, graceMs)
  // A child that krr left behind would hold pipes open and go on asking Prometheus.
  if (signalGroup(child, 'SIGKILL')) await untilGone(child, 2000)
}

/** At once, for when this process itself ends. */
export const killGroup = (child: ChildProcess): void => void signalGroup(child, 'SIGKILL')

async function untilGone(child: ChildProcess, mostMs: number): Promise<void> {
  for (let waited = 0; waited < mostMs && signalGroup(child, 0); waited += LOOK_EVERY_MS) await sleep(LOOK_EVERY_MS)
}

/** False when there is nobody left to get it. */
function signalGroup(child: ChildProcess, signal: NodeJS.Signals | 0): boolean {
  if (child.pid === undefined) return false
  try {
    if (process.platform === 'win32') return child.kill(signal)
    return process.kill(-child.pid, signal)
  } catch {
    return false
  }
}
