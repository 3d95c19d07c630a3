import { execFile } from 'node:child_process'
import { cleanEnvironment, flagsOf, programOf, type Installation } from './program.ts'

export interface Ran {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

/** Runs a command without a terminal, as a script or an agent's shell would. */
export function runProgram(command: readonly string[], installation: Installation): Promise<Ran> {
  return new Promise((resolve) => {
    const args = [programOf(installation), ...command, ...flagsOf(installation)]
    const child = execFile(process.execPath, args, { env: cleanEnvironment() }, (error, stdout, stderr) => {
      const code = typeof error?.code === 'number' ? error.code : 0
      resolve({ code: error && code === 0 ? 1 : code, stdout, stderr })
    })
    child.stdin?.end()
  })
}
