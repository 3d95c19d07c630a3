import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { cacheDirectory } from '../../../test/harness/cache-directory.ts'
import { isExecutable } from '../../../test/harness/is-executable.ts'

const run = promisify(execFile)
const MODULE = fileURLToPath(new URL('../../../testbed/blocks/', import.meta.url))

export interface BlockWriter {
  readonly file: string
  /** Another source, other blocks. */
  readonly version: string
}

/** The Go program that writes blocks, built once per user and source. */
export async function buildBlockWriter(): Promise<BlockWriter> {
  const sources = await Promise.all(['main.go', 'go.mod'].map((file) => readFile(join(MODULE, file))))
  const version = createHash('sha256').update(Buffer.concat(sources)).digest('hex').slice(0, 12)
  const file = join(cacheDirectory(), `blocks-${version}`)
  if (!(await isExecutable(file))) {
    process.stderr.write('bench: building the program that writes Prometheus blocks, once\n')
    await run('go', ['build', '-trimpath', '-o', file, '.'], { cwd: MODULE, env: { ...process.env, CGO_ENABLED: '0' } })
  }
  return { file, version }
}
