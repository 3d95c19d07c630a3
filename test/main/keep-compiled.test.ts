import { chmod, mkdir, readdir, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { HANDSHAKE } from '../../bench/start/handshake.ts'
import { temporaryDirectory, type TemporaryDirectory } from '../harness/temporary-directory.ts'
import { filesIn } from './support/published-package.ts'
import { talkTo } from './support/talk-to.ts'

// The door alone, from its source: what it keeps is the same, bundled or not.
const DOOR = join(import.meta.dirname, '../../dist/main/entry/published.js')
const messages = HANDSHAKE['2025-11-25']

let home: TemporaryDirectory
beforeAll(async () => {
  home = await temporaryDirectory('compiled')
})
afterAll(() => home.remove())

async function serve(env: Readonly<Record<string, string>>): Promise<void> {
  const answers = await talkTo({ args: [DOOR], messages, env })
  expect(answers.at(-1)).toMatchObject({ id: 2, result: { tools: expect.arrayContaining([]) } })
}
const kept = async (folder: string): Promise<number> => (await filesIn(folder).catch(() => [])).length

it('keeps compiled code for the next start, where nobody else can write', async () => {
  const cache = join(home.path, 'given')
  await serve({ XDG_CACHE_HOME: cache })
  expect(await kept(join(cache, 'krr-mcp'))).toBeGreaterThan(10)
  expect((await stat(join(cache, 'krr-mcp'))).mode & 0o777).toBe(0o700)
})

it('keeps it in the home when no other place is named, or one that is none', async () => {
  const own = join(home.path, 'home')
  await mkdir(own)
  await serve({ HOME: own, XDG_CACHE_HOME: 'relative' })
  expect(await kept(join(own, '.cache/krr-mcp'))).toBeGreaterThan(10)
})

it('makes no home that is not there', async () => {
  const own = join(home.path, 'none')
  await serve({ HOME: own })
  expect(await readdir(home.path)).not.toContain('none')
})

it('runs nothing out of a folder that others can write to, and puts nothing there', async () => {
  const cache = join(home.path, 'shared')
  await mkdir(join(cache, 'krr-mcp'), { recursive: true })
  await chmod(join(cache, 'krr-mcp'), 0o777)
  await serve({ XDG_CACHE_HOME: cache })
  expect(await kept(cache)).toBe(0)
})

it('serves all the same where nothing can be kept', async () => {
  const file = join(home.path, 'a-file')
  await writeFile(file, '')
  await serve({ XDG_CACHE_HOME: file })
})

it.each([['worker'], ['--version']])('keeps nothing for %s: only a server starts often', async (command) => {
  const cache = join(home.path, `not-${command}`)
  await talkTo({
    args: [DOOR, command, ...(command === 'worker' ? ['x-2222', '--nope'] : [])],
    messages: [],
    env: { XDG_CACHE_HOME: cache },
  }).catch(() => [])
  expect(await kept(cache)).toBe(0)
})

it('has kept it by the time a host ends its server with a signal', async () => {
  const cache = join(home.path, 'signalled')
  const deadline = Date.now() + 9_000
  const atEnd = async (kill: (signal: NodeJS.Signals) => void): Promise<void> => {
    while ((await kept(cache)) < 10 && Date.now() < deadline) await new Promise((resolve) => setTimeout(resolve, 100))
    kill('SIGKILL')
  }
  await talkTo({ args: [DOOR], messages, env: { XDG_CACHE_HOME: cache }, atEnd })
  expect(await kept(cache)).toBeGreaterThan(10)
}, 15_000)
