import { cp, mkdir, symlink } from 'node:fs/promises'
import { join } from 'node:path'
import { makeBundle } from '../../../scripts/bundle/make-bundle.ts'

const ROOT = join(import.meta.dirname, '../../..')

/** The published form of what is built, apart from the checkout: nothing in it changes while others build. Its file. */
export async function copyProgram(folder: string): Promise<string> {
  await mkdir(folder, { recursive: true })
  for (const part of ['bin', 'dist', 'package.json'])
    await cp(join(ROOT, part), join(folder, part), { recursive: true })
  await symlink(join(ROOT, 'node_modules'), join(folder, 'node_modules'))
  await makeBundle(join(folder, 'dist'))
  return join(folder, 'bin/krr-mcp.js')
}
