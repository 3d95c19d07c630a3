import { spawn as spawnTerminal } from '@lydell/node-pty'
import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import { describe, expect, it, onTestFinished } from 'vitest'
import { recordScan } from './support/record-scan.ts'
import { makeStateDir, runIn, thePhrase } from './support/run-in.ts'

const ENTRY = join(import.meta.dirname, 'support/terminal-entry.ts')
const PATIENCE = 20_000

async function withPlan(): Promise<string> {
  const stateDir = makeStateDir()
  await recordScan(stateDir)
  await runIn(['preview', '--rows', '1'], { stateDir })
  return stateDir
}
const statusOf = async (stateDir: string): Promise<string> =>
  /^Plan p-\w{4}: (\w+)/.exec((await runIn(['show'], { stateDir })).out)?.[1] ?? ''

function atTerminal(stateDir: string, ...argv: string[]) {
  const terminal = spawnTerminal(process.execPath, [ENTRY, stateDir, ...argv], { cols: 200, rows: 50 })
  let screen = ''
  let ended = false
  terminal.onData((data) => void (screen += stripVTControlCharacters(data)))
  const exit = new Promise<number>((resolve) =>
    terminal.onExit(({ exitCode }) => {
      ended = true
      resolve(exitCode)
    }),
  )
  onTestFinished(() => {
    if (!ended) terminal.kill('SIGKILL')
  })
  const sees = async (what: RegExp): Promise<string> => {
    const until = Date.now() + PATIENCE
    while (!what.test(screen)) {
      if (Date.now() > until || ended) throw new Error(`no ${what} on the screen:\n${screen}`)
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
    return screen
  }
  return { exit, sees, type: (keys: string) => terminal.write(keys), screen: () => screen }
}

/** Without a terminal, with everything one could think of on standard input. */
const piped = (stateDir: string, input: string, ...argv: string[]) =>
  new Promise<{ code: number; stdout: string; stderr: string }>((resolve) => {
    const env = { ...process.env, KRR_MCP_APPROVE: 'yes', KRR_MCP_ANSWER: 'yes', CI: 'true' }
    const child = execFile(process.execPath, [ENTRY, stateDir, ...argv], { env }, (error, stdout, stderr) =>
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, stdout, stderr }),
    )
    child.stdin?.end(input)
  })

describe('a person at a terminal', { timeout: 60_000 }, () => {
  it('reads the plan, types the phrase, and the plan is approved', async () => {
    const stateDir = await withPlan()
    const terminal = atTerminal(stateDir, 'approve')
    const shown = await terminal.sees(/type exactly:.*\r?\n[\s\S]*> $/)
    terminal.type(`${thePhrase(shown.replaceAll('\r', ''))}\r`)
    expect(await terminal.exit).toBe(0)
    expect(terminal.screen()).toContain('is approved for another 15 min')
    expect(await statusOf(stateDir)).toBe('approved')
  })

  it('may slip, and is asked again', async () => {
    const stateDir = await withPlan()
    const terminal = atTerminal(stateDir, 'approve')
    const shown = await terminal.sees(/> $/)
    terminal.type('yes\r')
    await terminal.sees(/2 more attempts\.[\s\S]*> $/)
    terminal.type(`${thePhrase(shown.replaceAll('\r', ''))}\r`)
    expect(await terminal.exit).toBe(0)
  })

  it.each([
    ['Ctrl-C', '\u0003'],
    ['Ctrl-D, the end of input,', '\u0004'],
    ['half an answer and Ctrl-C', '1 production \u0003'],
    ['an empty line', '\r'],
  ])('leaves the plan as it is with %s', async (_, keys) => {
    const stateDir = await withPlan()
    const terminal = atTerminal(stateDir, 'approve')
    await terminal.sees(/> $/)
    terminal.type(keys)
    expect(await terminal.exit).toBe(4)
    expect(terminal.screen()).toContain('was not approved; nothing was changed.')
    expect(await statusOf(stateDir)).toBe('proposed')
  })

  it('leaves what is watched with Ctrl-C, and it goes on', async () => {
    const stateDir = await withPlan()
    const terminal = atTerminal(stateDir, 'apply')
    const shown = await terminal.sees(/> $/)
    terminal.type(`${thePhrase(shown.replaceAll('\r', ''))}\r`)
    await terminal.sees(/since the start/)
    terminal.type('\u0003')
    expect(await terminal.exit).toBe(130)
    expect(terminal.screen()).toContain('the execution goes on in its worker')
  })
})

describe('no person at a terminal', { timeout: 60_000 }, () => {
  it.each(['approve', 'apply'])('%s refuses what comes through a pipe, and asks nothing', async (command) => {
    const stateDir = await withPlan()
    const { code, stdout, stderr } = await piped(stateDir, 'y\nyes\n1 production\n'.repeat(10), command)
    expect(code).toBe(4)
    expect(stdout).toBe('')
    expect(stderr).toContain('interactive terminal')
    expect(stderr).toMatch(
      new RegExp(`next: Run it yourself in a terminal: krr-mcp --state-dir here ${command} p-\\w{4}`),
    )
    expect(await statusOf(stateDir)).toBe('proposed')
    expect((await runIn(['audit', 'list'], { stateDir })).out).not.toContain('question_asked')
  })
})

it('does not mind a reader that has gone', async () => {
  const child = spawn(process.execPath, [ENTRY, await withPlan(), 'audit', 'list'], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  child.stdout.destroy()
  let err = ''
  child.stderr.on('data', (text) => void (err += String(text)))
  expect(await once(child, 'close')).toEqual([0, null])
  expect(err).toBe('')
}, 30_000)
