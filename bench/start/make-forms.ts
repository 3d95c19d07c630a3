import { cp, mkdir, symlink } from 'node:fs/promises'
import { join } from 'node:path'
import { rolldown } from 'rolldown'
import { makeBundle } from '../../scripts/bundle/make-bundle.ts'

const ROOT = join(import.meta.dirname, '../..')

/** The files that are started; all but the plain one lie in the folder that was given. */
export interface Forms {
  readonly bare: string
  readonly empty: string
  readonly published: string
  readonly plain: string
}

/** Makes the published form of what is built, apart from the checkout: nothing in it changes while others run it. */
export async function makeForms(folder: string): Promise<Forms> {
  await mkdir(folder, { recursive: true })
  for (const part of ['bin', 'dist', 'package.json', 'bench'])
    await cp(join(ROOT, part), join(folder, part), { recursive: true })
  await symlink(join(ROOT, 'node_modules'), join(folder, 'node_modules'))
  await makeBundle(join(folder, 'dist'))
  const empty = await rolldown({ input: join(folder, 'bench/start/empty-server.js'), platform: 'node' })
  await empty.write({ dir: join(folder, 'empty'), minify: true })
  await empty.close()
  return {
    bare: join(folder, 'bench/start/bare.js'),
    empty: join(folder, 'empty/empty-server.js'),
    published: join(folder, 'bin/krr-mcp.js'),
    plain: join(folder, 'dist/main/entry/entry.js'),
  }
}
