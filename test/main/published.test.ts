import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { dirname, join, relative } from 'node:path'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { HANDSHAKE } from '../../bench/start/handshake.ts'
import { ERAS } from '../flow/support/assistant.ts'
import { cleanEnvironment } from '../flow/support/program.ts'
import { temporaryDirectory, type TemporaryDirectory } from '../harness/temporary-directory.ts'
import { filesIn, type PublishedPackage, publishedPackage } from './support/published-package.ts'
import { talkTo } from './support/talk-to.ts'

const PLAIN = join(import.meta.dirname, '../../dist/main/entry/entry.js')
// Writes down whatever is loaded, imported or required.
const WATCH = `data:text/javascript,${encodeURIComponent(`
  import { registerHooks } from 'node:module'
  import { appendFileSync } from 'node:fs'
  registerHooks({ load(url, context, next) { appendFileSync(process.env.LOADED, url + '\\n'); return next(url, context) } })
`)}`

let published: PublishedPackage
let home: TemporaryDirectory
beforeAll(async () => {
  ;[published, home] = await Promise.all([publishedPackage(), temporaryDirectory('loaded')])
}, 60_000)
afterAll(async () => {
  await Promise.all([published.remove(), home.remove()])
})

/** What a server loads until a host knows its tools. */
async function loadedBy(program: string, era: (typeof ERAS)[number]): Promise<readonly string[]> {
  const file = join(home.path, `${era}-${program === PLAIN ? 'plain' : 'published'}`)
  const env = { LOADED: file, XDG_CACHE_HOME: join(home.path, 'cache') }
  const answers = await talkTo({ args: ['--import', WATCH, program], messages: HANDSHAKE[era], env })
  expect(answers.at(-1)).toMatchObject({ id: 2, result: { tools: expect.arrayContaining([]) } })
  const urls = (await readFile(file, 'utf8')).trim().split('\n')
  return urls.filter((url) => !url.startsWith('node:') && !url.startsWith('data:'))
}

describe.each(ERAS)('before a host of %s knows the tools', (era) => {
  it('the published form loads its own four files', async () => {
    const names = (await loadedBy(published.program, era)).map((url) =>
      relative(pathToFileURL(published.folder).pathname, new URL(url).pathname).replace(/-[\w-]{8}\.js$/, '-*.js'),
    )
    const start = ['published.js', 'run-server-*.js', 'server-*.js'].map((name) => `dist/main/start/${name}`)
    expect(names.toSorted()).toEqual(['bin/krr-mcp.js', ...start])
  })

  it('the plain form loads of all packages the SDK and zod', async () => {
    const urls = await loadedBy(PLAIN, era)
    const packages = urls.flatMap((url) => /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(url)?.[1] ?? [])
    const names = ['@modelcontextprotocol/core', '@modelcontextprotocol/server', 'zod']
    expect([...new Set(packages)].toSorted()).toEqual(names)
  })
})

describe('the published package', () => {
  const run = (...args: readonly string[]) =>
    promisify(execFile)(process.execPath, [published.program, ...args], { env: cleanEnvironment() })

  it('is a program and a server without anything that is only there for development', async () => {
    const { version } = JSON.parse(await readFile(join(published.folder, 'package.json'), 'utf8')) as {
      version: string
    }
    expect((await run('--version')).stdout).toBe(`${version}\n`)
    expect((await run('scan', '--help')).stdout).toContain('Usage: krr-mcp scan')
    const missing = (await filesIn(published.folder)).filter((file) => /\.d\.ts$|\.tsbuildinfo$|\/demo\//.test(file))
    expect(missing).toEqual([])
  })

  // Each tool loads its use-case when it is called, out of a chunk of the bundle.
  it.each([
    ['scan_recommendations', { scan_id: 's-2222' }, 'unknown_id'],
    ['explain_recommendation', { scan_id: 's-2222', row: 1 }, 'unknown_id'],
    ['preview_changes', { plan_id: 'p-2222' }, 'unknown_id'],
    ['request_confirmation', { plan_id: 'p-2222' }, 'unknown_id'],
    ['apply_recommendations', { confirmation_token: 'none' }, 'token_unknown'],
    ['get_execution', { execution_id: 'x-2222' }, 'unknown_id'],
    ['stop_execution', { execution_id: 'x-2222' }, 'unknown_id'],
    ['rollback_changes', { execution_id: 'x-2222' }, 'unknown_id'],
  ])('%s finds its use-case', async (name, given, reason) => {
    const state = join(home.path, `state-${name}`)
    const call = { id: 3, method: 'tools/call', params: { name, arguments: given } }
    const answers = await talkTo({
      args: [published.program, 'serve', '--state-dir', state],
      messages: [...HANDSHAKE['2025-11-25'], call],
    })
    expect(JSON.stringify(answers.at(-1))).toContain(`${reason}: `)
  })

  it('names no file that is not in it', async () => {
    const start = (await filesIn(join(published.folder, 'dist/main/start'))).filter((file) => file.endsWith('.js'))
    const named = await Promise.all(
      start.map(async (file) => {
        const code = await readFile(file, 'utf8')
        const paths = [...code.matchAll(/(?:import\(|from|import|new URL\()[`"'](\.\.?\/[^`"']+)[`"']/g)]
        return paths.map(([, path = '']) => join(dirname(file), path))
      }),
    )
    expect(named.flat()).toContain(published.program)
    expect(named.flat().filter((path) => !existsSync(path))).toEqual([])
  })
})
