import { join } from 'node:path'
import { type OutputChunk, type RolldownOptions, rolldown } from 'rolldown'
import { asciiOnly } from './ascii-only.ts'
import { isQuickBuiltin, quickBuiltins } from './quick-builtins.ts'
import { startPath } from './start-path.ts'

const SHIM = join(import.meta.dirname, 'lazy-validator.js')
/** The chunk that every start of the server loads. */
const SERVER = 'server'
const isBundledPackage = (id: string): boolean => /^(?:@modelcontextprotocol\/|zod(?:$|\/))/.test(id)
const isPackage = (id: string): boolean => /^[@a-z]/i.test(id)
// A server never runs them, so they stay what they are; beside `main/start` their relative paths go on being true.
const isOtherProgram = (id: string): boolean => /\/run-(?:terminal|worker)\.js$/.test(id)

const options = (dist: string, plugins: RolldownOptions['plugins']): RolldownOptions => ({
  input: { published: join(dist, 'main/entry/published.js') },
  platform: 'node',
  external: (id) => isOtherProgram(id) || (isPackage(id) && !isBundledPackage(id) && !isQuickBuiltin(id)),
  plugins,
  onLog: (level, log) => {
    if (level === 'warn') throw new Error(`the bundle is not whole: ${log.message}`)
  },
})

const lazyValidator = {
  name: 'lazy-validator',
  resolveId: (id: string) => (id === '@modelcontextprotocol/server/_shims' ? SHIM : undefined),
}

/** Bundles what was built in `dist` into `dist/main/start`: the door, the server up to its first answer, and a chunk for whatever comes later. */
export async function makeBundle(dist: string): Promise<readonly OutputChunk[]> {
  const path = startPath('main/server/run-server.js')
  const bundle = await rolldown(options(dist, [lazyValidator, quickBuiltins, path.plugin, asciiOnly(SERVER)]))
  try {
    const { output } = await bundle.write({
      // As deep as any other folder of `main`: relative URLs in the sources go on being true.
      dir: join(dist, 'main/start'),
      cleanDir: true,
      entryFileNames: '[name].js',
      chunkFileNames: '[name]-[hash].js',
      // Names stay: a bug in the log must be one that we can find.
      minify: { compress: true, mangle: false, codegen: true },
      codeSplitting: { groups: [{ name: SERVER, test: path.has }] },
    })
    return output.filter((each) => each.type === 'chunk')
  } finally {
    await bundle.close()
  }
}
