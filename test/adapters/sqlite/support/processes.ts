import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'

export interface Ended {
  readonly code: number | null
  readonly errors: string
}

/** Real processes of `fixture`, one per list of arguments, all let go at the same moment. */
export async function runAtOnce(fixture: string, processes: readonly (readonly string[])[]): Promise<readonly Ended[]> {
  const children = processes.map((args) => {
    const child = spawn(process.execPath, [join(import.meta.dirname, '../fixtures', fixture), ...args])
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
