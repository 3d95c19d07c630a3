import { execFile, spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'
import { inTerminal } from '../flow/support/in-terminal.ts'
import { cleanEnvironment } from '../flow/support/program.ts'

// The built program: `npx tsc -b src/main/entry`.
const ROOT = join(import.meta.dirname, '../..')
const PROGRAM = join(ROOT, 'bin/krr-mcp.js')
const OLD_NODE = 'Object.defineProperty(process.versions,"node",{value:"20.20.2"})'

interface Ran {
  readonly code: number | null
  readonly out: string
  readonly err: string
}

/** Runs Node with stdin as a pipe that gets this text and then ends. */
function node(args: readonly string[], input = ''): Promise<Ran> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, args, { env: cleanEnvironment() })
    let [out, err] = ['', '']
    child.stdout.on('data', (data: Buffer) => (out += data.toString()))
    child.stderr.on('data', (data: Buffer) => (err += data.toString()))
    child.on('close', (code) => resolve({ code, out, err }))
    child.stdin.end(input)
  })
}

const INITIALIZE = `${JSON.stringify({
  jsonrpc: '2.0',
  id: 1,
  method: 'initialize',
  params: { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 'test', version: '1' } },
})}\n`

describe('without a command', () => {
  it.each([[[]], [['serve']], [['serve', '--context', 'prod']], [['--context', 'prod']]])(
    'behind a pipe, and as %j, it speaks MCP and says nothing else',
    async (args) => {
      const { code, out } = await node([PROGRAM, ...args], INITIALIZE)
      const lines = out.trim().split('\n')
      expect(lines).toHaveLength(1)
      expect(JSON.parse(lines[0] ?? '')).toMatchObject({ id: 1, result: { serverInfo: { name: 'krr-mcp-server' } } })
      expect(code).toBe(0)
    },
  )

  it('on a terminal it shows help that ends with the next step', async () => {
    const terminal = inTerminal([], {
      kubeconfig: '/nonexistent',
      prometheusUrl: 'http://127.0.0.1:9',
      stateDir: '/nonexistent',
    })
    expect(await terminal.exit).toBe(0)
    expect(terminal.screen()).toContain('COMMAND [options]')
    expect(terminal.screen().trim().split('\n').at(-1)).toMatch(/^next: krr-mcp scan/)
  })
})

describe('the program', () => {
  const product = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
    readonly version: string
    readonly bin: Readonly<Record<string, string>>
  }

  it('has one file under two names', () => {
    expect(product.bin).toEqual({ 'krr-mcp': 'bin/krr-mcp.js', 'krr-mcp-server': 'bin/krr-mcp.js' })
  })

  it.each(['--version', '-V'])('says its version with %s', async (flag) => {
    expect(await node([PROGRAM, flag])).toEqual({ code: 0, out: `${product.version}\n`, err: '' })
  })

  it.each([[['--help']], [['help']], [['serve', '--help']], [['serve', '-h']], [['help', 'serve']]])(
    '%j helps behind a pipe too',
    async (args) => {
      const { code, out, err } = await node([PROGRAM, ...args])
      expect({ code, err }).toEqual({ code: 0, err: '' })
      expect(out).toContain('Usage: krr-mcp')
    },
  )

  it('refuses an option that there is not with the code for usage, as server and as command', async () => {
    for (const args of [['serve', '--nope'], ['scan', '--nope'], ['--nope']]) {
      const { code, out, err } = await node([PROGRAM, ...args])
      expect({ code, out }).toEqual({ code: 2, out: '' })
      expect(err).toContain('--nope')
      expect(err).toMatch(/^next: /m)
      expect(err).not.toMatch(/^\s+at /m)
    }
  })

  it('is not upset by a reader that has left', async () => {
    // `true` reads nothing and is gone long before the first word.
    const line = '{ "$0" "$@"; echo "code $?" >&2; } | true'
    const { stderr } = await promisify(execFile)('sh', ['-c', line, process.execPath, PROGRAM, '--help'])
    expect(stderr).toBe('code 0\n')
  })

  it('refuses to be a worker without an execution', async () => {
    const { code, out, err } = await node([PROGRAM, 'worker'])
    expect({ code, out }).toEqual({ code: 2, out: '' })
    expect(JSON.parse(err)).toMatchObject({ operation: 'worker', msg: expect.stringContaining('execution id') })
  })
})

describe('an old Node', () => {
  it.each(['bin/krr-mcp.js', 'scripts/require-node.js'])(
    'is told by %s in one line which one is needed',
    async (file) => {
      const { code, out, err } = await node(['--import', `data:text/javascript,${OLD_NODE}`, join(ROOT, file)])
      expect({ code, out }).toEqual({ code: 1, out: '' })
      expect(err.trim().split('\n')).toHaveLength(1)
      expect(err).toContain('Node 22.19 or newer')
    },
  )
})
