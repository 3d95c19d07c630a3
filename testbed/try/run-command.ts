import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import * as pty from '@lydell/node-pty'

const PROGRAM = join(import.meta.dirname, '../../bin/krr-mcp.js')
type Environment = Readonly<Record<string, string>>

const withPath = (environment: Environment): Record<string, string> => ({
  PATH: process.env['PATH'] ?? '',
  HOME: process.env['HOME'] ?? '/',
  TERM: process.env['TERM'] ?? 'xterm-256color',
  ...environment,
})

/** Runs a command with this terminal; what a person types goes to it. */
export function runHere(args: readonly string[], environment: Environment): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [PROGRAM, ...args], { stdio: 'inherit', env: withPath(environment) })
    child.once('error', reject)
    child.once('exit', (code) => resolve(code ?? 1))
  })
}

/** The scripted person: reads the phrase from a pseudo-terminal and types it, as the threat model says one can. */
export function runScripted(args: readonly string[], environment: Environment): Promise<number> {
  return new Promise((resolve) => {
    const terminal = pty.spawn(process.execPath, [PROGRAM, ...args], {
      cols: 120,
      rows: 40,
      env: withPath(environment),
    })
    let shown = ''
    let answered = false
    terminal.onData((data) => {
      process.stdout.write(stripVTControlCharacters(data))
      shown += stripVTControlCharacters(data)
      const phrase = /type exactly:\s+(\S.*\S)\s/.exec(shown)?.[1]
      if (phrase === undefined || answered) return
      answered = true
      terminal.write(`${phrase}\r`)
    })
    terminal.onExit(({ exitCode }) => resolve(exitCode))
  })
}
