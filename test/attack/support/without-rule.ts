import { execFile } from 'node:child_process'
import { cp, readFile, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'

const root = join(import.meta.dirname, '../../..')

/** One safety rule, and how to take it out of the sources. */
export interface Removal {
  readonly rule: string
  readonly edits: readonly { readonly file: string; readonly from: string | RegExp; readonly to: string }[]
}

/** Builds a copy of the program without one rule, in `into`; returns its entry. An edit that finds nothing is an error. */
export async function buildWithout({ rule, edits }: Removal, into: string): Promise<string> {
  for (const part of ['src', 'bin', 'package.json', 'tsconfig.base.json'])
    await cp(join(root, part), join(into, part), { recursive: true })
  await symlink(join(root, 'node_modules'), join(into, 'node_modules'))
  for (const { file, from, to } of edits) {
    const path = join(into, 'src', file)
    const source = await readFile(path, 'utf8')
    const without = source.replace(from, to)
    if (without === source) throw new Error(`the rule "${rule}" is not where this test looks for it: ${file}`)
    await writeFile(path, without)
  }
  const tsc = join(root, 'node_modules/typescript/bin/tsc')
  // Types that no longer fit do not matter to what the copy does.
  await promisify(execFile)(process.execPath, [tsc, '-b', 'src/main/entry'], { cwd: into }).catch(() => undefined)
  return join(into, 'bin/krr-mcp.js')
}
