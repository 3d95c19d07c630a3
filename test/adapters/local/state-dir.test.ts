import { chmodSync, chownSync, existsSync, mkdirSync, readdirSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { openStateDir, stateDirPath } from '../../../src/adapters/local/state-dir.ts'
import { temporaryDirectory } from '../../harness/temporary-directory.ts'
import { problemOf, valueOf } from '../../safety/support/value-of.ts'

async function place(): Promise<string> {
  const { path, remove } = await temporaryDirectory('state')
  onTestFinished(remove)
  return path
}
const modeOf = (path: string): number => statSync(path).mode & 0o777
const ROOT = process.getuid?.() === 0

/** Refused with a sentence that names the place and a way out, and nothing was made or written in it. */
function expectRefused(path: string, what: RegExp, looked: string = path): void {
  const before = existsSync(looked) ? readdirSync(looked) : undefined
  const why = problemOf(openStateDir(path))
  expect(why.reason).toBe('state_dir_unsafe')
  expect(why.message).toMatch(what)
  expect(why.next).toMatch(/--state-dir/)
  expect(existsSync(looked) ? readdirSync(looked) : undefined).toEqual(before)
}

describe('where the state is kept', () => {
  it('is what was given, else the environment, else the state home of the user', () => {
    const env = { KRR_MCP_STATE_DIR: '/env', XDG_STATE_HOME: '/xdg' }
    expect(stateDirPath('/given', env)).toBe('/given')
    expect(stateDirPath(undefined, env)).toBe('/env')
    expect(stateDirPath(undefined, { XDG_STATE_HOME: '/xdg' })).toBe('/xdg/krr-mcp')
    expect(stateDirPath(undefined, {})).toBe(join(homedir(), '.local/state/krr-mcp'))
  })
  it('is not chosen by an empty variable', () => {
    expect(stateDirPath(undefined, { KRR_MCP_STATE_DIR: '', XDG_STATE_HOME: '/xdg' })).toBe('/xdg/krr-mcp')
    expect(stateDirPath(undefined, { KRR_MCP_STATE_DIR: '', XDG_STATE_HOME: '' })).toBe(
      join(homedir(), '.local/state/krr-mcp'),
    )
  })
})

describe('a state directory', () => {
  it('is made for its owner alone, with the journal in it', async () => {
    const before = process.umask(0)
    onTestFinished(() => void process.umask(before))
    const path = join(await place(), 'a', 'b')
    expect(valueOf(openStateDir(path))).toEqual({ path, journalFile: join(path, 'journal.db') })
    expect(modeOf(path)).toBe(0o700)
    expect(modeOf(join(path, 'journal.db'))).toBe(0o600)
  })
  it('is used again, and what is in the journal stays', async () => {
    const path = join(await place(), 'state')
    const { journalFile } = valueOf(openStateDir(path))
    writeFileSync(journalFile, 'content')
    valueOf(openStateDir(path))
    expect(statSync(journalFile).size).toBe(7)
  })
  it.each([0o755, 0o750, 0o770, 0o777, 0o701, 0o710, 0o704])('with mode %o is refused', async (mode) => {
    const path = await place()
    chmodSync(path, mode)
    expectRefused(path, /can be reached by other users/)
  })
  it.each([0o644, 0o660, 0o640, 0o606])('that holds a journal with mode %o is refused', async (mode) => {
    const path = await place()
    writeFileSync(join(path, 'journal.db'), '')
    chmodSync(join(path, 'journal.db'), mode)
    expectRefused(path, /can be reached by other users/)
  })
  it('that is a symbolic link is refused, also when the link is written with a slash at its end', async () => {
    const path = await place()
    mkdirSync(join(path, 'real'), { mode: 0o700 })
    symlinkSync(join(path, 'real'), join(path, 'link'))
    expectRefused(join(path, 'link'), /symbolic link/, join(path, 'real'))
    expectRefused(`${join(path, 'link')}/`, /symbolic link/, join(path, 'real'))
    expectRefused(`${join(path, 'link')}/.`, /symbolic link/, join(path, 'real'))
  })
  it('that is a symbolic link to nothing is refused, and nothing is made where it points', async () => {
    const path = await place()
    symlinkSync(join(path, 'nothing'), join(path, 'link'))
    expectRefused(join(path, 'link'), /./, path)
  })
  it('whose journal is a symbolic link is refused, and what it points to is not touched', async () => {
    const path = await place()
    const elsewhere = join(await place(), 'elsewhere.db')
    symlinkSync(elsewhere, join(path, 'journal.db'))
    expectRefused(path, /cannot be used \(ELOOP/)
    expect(existsSync(elsewhere)).toBe(false)
    writeFileSync(elsewhere, '', { mode: 0o600 })
    expectRefused(path, /cannot be used \(ELOOP/)
    expect(statSync(elsewhere).size).toBe(0)
  })
  it.each(['state', './state', '../state', '', '~/state'])('with the relative path "%s" is refused', (path) => {
    expectRefused(path, /not an absolute path/)
  })
  it('that is a file is refused', async () => {
    const path = join(await place(), 'file')
    writeFileSync(path, '', { mode: 0o600 })
    expect(problemOf(openStateDir(path)).reason).toBe('state_dir_unsafe')
    expect(problemOf(openStateDir(join(path, 'below'))).reason).toBe('state_dir_unsafe')
  })
  it('whose journal is a directory is refused', async () => {
    const path = await place()
    mkdirSync(join(path, 'journal.db'), { mode: 0o700 })
    expectRefused(path, /cannot be used \(EISDIR/)
  })
  it.runIf(ROOT)('that belongs to another user is refused', async () => {
    const path = await place()
    chownSync(path, 65_534, 65_534)
    expectRefused(path, /belongs to another user/)
  })
  it.runIf(ROOT)('whose journal belongs to another user is refused', async () => {
    const path = await place()
    writeFileSync(join(path, 'journal.db'), '', { mode: 0o600 })
    chownSync(join(path, 'journal.db'), 65_534, 65_534)
    expectRefused(path, /belongs to another user/)
  })
  it.skipIf(ROOT)('that belongs to root is refused to everybody else', () => {
    expectRefused('/usr', /belongs to another user/)
  })
})
