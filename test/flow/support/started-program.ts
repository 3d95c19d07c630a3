import { spawn } from 'node:child_process'
import { cleanEnvironment, flagsOf, programOf, type Installation } from './program.ts'

/** In the place of an exit code, where a signal ended it. */
export const ENDED_BY_SIGNAL = -1

export interface StartedProgram {
  readonly pid: number
  readonly stdout: () => string
  readonly stderr: () => string
  /** As a terminal's Ctrl-C, for this process. */
  readonly interrupt: () => void
  /** The exit code, once all that it wrote is there. */
  readonly exit: Promise<number>
}

/** A command under way, with pipes instead of a terminal. */
export function startProgram(command: readonly string[], installation: Installation): StartedProgram {
  const args = [programOf(installation), ...command, ...flagsOf(installation)]
  const child = spawn(process.execPath, args, { env: cleanEnvironment(), stdio: ['ignore', 'pipe', 'pipe'] })
  let [stdout, stderr] = ['', '']
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text))
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text))
  return {
    pid: child.pid ?? 0,
    stdout: () => stdout,
    stderr: () => stderr,
    interrupt: () => void child.kill('SIGINT'),
    exit: new Promise((resolve) => child.on('close', (code) => resolve(code ?? ENDED_BY_SIGNAL))),
  }
}
