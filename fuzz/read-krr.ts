import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import type { KrrCommand } from '../src/adapters/krr-cli/krr-command.ts'
import type { Summation } from '../src/recommender/numbers/score.ts'
import type { Parity } from './run-scan.ts'

const run = promisify(execFile)

/** Whether KRR runs, and how its Python adds: known from the interpreter where KRR names one. A sentence if it does not run. */
export async function readKrr(command: KrrCommand): Promise<Parity | string> {
  const { file, words } = command
  try {
    await run(file, [...words, 'version'], { timeout: 120_000 })
  } catch (error) {
    const why = error instanceof Error ? error.message.split('\n')[0] : String(error)
    return `KRR does not run: ${why}`
  }
  return { command, summation: await summationOf(command) }
}

/** Seven times 0.7 of seven: 29 before Python 3.12, 30 since. A krr that is one file is built with 3.11. */
async function summationOf({ file, words }: KrrCommand): Promise<Summation> {
  if (words.length === 0) return 'cpython-3.11'
  const { stdout } = await run(file, ['-c', 'print(int((7 - sum([0.7] * 7)) / 7 * 100))'])
  return stdout.trim() === '30' ? 'cpython-3.12' : 'cpython-3.11'
}
