import { execFile } from 'node:child_process'
import { cp, mkdir, readdir, readFile, symlink } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { temporaryDirectory } from '../../harness/temporary-directory.ts'

const run = promisify(execFile)
const ROOT = join(import.meta.dirname, '../../..')
const PACKED = ['package.json', 'bin', 'dist', 'README.md', 'LICENSE']

/** The package as a user has it: bundled, packed, unpacked into `node_modules`, with what it depends on and nothing else. */
export interface PublishedPackage {
  readonly program: string
  readonly folder: string
  readonly remove: () => Promise<void>
}

async function packed(checkout: string): Promise<string> {
  for (const part of PACKED) await cp(join(ROOT, part), join(checkout, part), { recursive: true })
  await symlink(join(ROOT, 'node_modules'), join(checkout, 'node_modules'))
  await run(process.execPath, [join(ROOT, 'scripts/bundle.ts'), checkout])
  const npm = ['pack', '--ignore-scripts', '--silent', '--pack-destination', checkout]
  const { stdout } = await run('npm', npm, { cwd: checkout })
  return join(checkout, stdout.trim())
}

/** Links what `npm install --omit=dev` would install, at the version that is installed here. */
async function linkDependencies(into: string): Promise<void> {
  const lock = JSON.parse(await readFile(join(ROOT, 'package-lock.json'), 'utf8')) as {
    readonly packages: Readonly<Record<string, { readonly dev?: boolean; readonly optional?: boolean }>>
  }
  for (const [path, { dev = false, optional = false }] of Object.entries(lock.packages)) {
    const [, name] = /^node_modules\/((?:@[^/]+\/)?[^/]+)$/.exec(path) ?? []
    if (name === undefined || dev || optional) continue
    await mkdir(join(into, name, '..'), { recursive: true })
    await symlink(join(ROOT, 'node_modules', name), join(into, name))
  }
}

/** Needs `dist` (`npm run build`); no network. */
export async function publishedPackage(): Promise<PublishedPackage> {
  const home = await temporaryDirectory('published')
  const checkout = join(home.path, 'checkout')
  const modules = join(home.path, 'node_modules')
  const folder = join(modules, 'krr-mcp-server')
  await mkdir(checkout)
  await mkdir(folder, { recursive: true })
  await run('tar', ['-xzf', await packed(checkout), '--strip-components=1', '-C', folder])
  await linkDependencies(modules)
  return { program: join(folder, 'bin/krr-mcp.js'), folder, remove: home.remove }
}

/** Every file below a folder. */
export const filesIn = async (folder: string): Promise<readonly string[]> =>
  (await readdir(folder, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
