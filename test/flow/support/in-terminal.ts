import { spawn } from '@lydell/node-pty'
import { stripVTControlCharacters } from 'node:util'
import { cleanEnvironment, flagsOf, programOf, type Installation } from './program.ts'

/** A person at a terminal, or a program that plays one: nobody can tell them apart, as the threat model says. */
export interface Terminal {
  /** Waits until the screen shows this, and returns all that it has shown. */
  readonly sees: (what: RegExp, timeoutMs?: number) => Promise<string>
  readonly types: (line: string) => void
  readonly exit: Promise<number>
  readonly screen: () => string
}

export function inTerminal(command: readonly string[], installation: Installation): Terminal {
  const args = [programOf(installation), ...command, ...flagsOf(installation)]
  const terminal = spawn(process.execPath, args, { cols: 160, rows: 50, env: cleanEnvironment() })
  let shown = ''
  terminal.onData((data) => (shown += stripVTControlCharacters(data)))
  const exit = new Promise<number>((resolve) => terminal.onExit(({ exitCode }) => resolve(exitCode)))
  return {
    exit,
    screen: () => shown,
    types: (line) => terminal.write(`${line}\r`),
    sees: async (what, timeoutMs = 60_000) => {
      const until = Date.now() + timeoutMs
      while (!what.test(shown)) {
        if (Date.now() > until) throw new Error(`the terminal does not show ${what} after ${timeoutMs} ms:\n${shown}`)
        await new Promise((resolve) => setTimeout(resolve, 50))
      }
      return shown
    },
  }
}
