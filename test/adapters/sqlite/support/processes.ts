import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'

const FIXTURE = join(import.meta.dirname, '../fixtures/append-many.ts')

export interface Ended {
  readonly code: number | null
  readonly errors: string
}

/** Real processes that append to the journal in `directory`, all let go at the same moment. */
export async function appendAtOnce(
  directory: string,
  processes: readonly { readonly name: string; readonly count: number }[],
): Promise<readonly Ended[]> {
  const children = processes.map(({ name, count }) => {
    const child = spawn(process.execPath, [FIXTURE, directory, name, String(count)])
    onTestFinished(() => void child.kill('SIGKILL'))
    let errors = ''
    child.stderr.setEncoding('utf8').on('data', (text: string) => (errors += text))
    const ended = once(child, 'close').then(([code]): Ended => ({ code: code as number | null, errors }))
    return { child, ended, ready: Promise.race([once(child.stdout, 'data'), ended]) }
  })
  await Promise.all(children.map(({ ready }) => ready))
  for (const { child } of children) child.stdin.end('go\n')
  return await Promise.all(children.map(({ ended }) => ended))
}
