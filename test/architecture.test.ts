import { execFileSync } from 'node:child_process'
import { cpSync, globSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, normalize } from 'node:path'
import { describe, expect, test } from 'vitest'

const root = join(import.meta.dirname, '..')
const src = join(root, 'src')
const folders = globSync('**/tsconfig.json', { cwd: src }).map((file) => dirname(file))

function imports(folder: string): string[] {
  const { references } = JSON.parse(readFileSync(join(src, folder, 'tsconfig.json'), 'utf8')) as {
    references: { path: string }[]
  }
  return references.map(({ path }) => normalize(join(folder, path)))
}

function reaches(folder: string): Set<string> {
  const seen = new Set<string>()
  const visit = (at: string): void =>
    imports(at).forEach((next) => {
      if (seen.has(next)) return
      seen.add(next)
      visit(next)
    })
  visit(folder)
  return seen
}

const importers = (of: string): string[] => folders.filter((folder) => imports(folder).includes(of)).toSorted()

// What leads to a write: the executor, the mint of approved plans, the writing transport, and the transport without a guard.
const WRITING = ['executor', 'safety/approval', 'adapters/kubernetes/write', 'app/worker', 'main/worker']

test('every source file belongs to a folder that declares its imports', () => {
  const homeless = globSync('**/*.ts', { cwd: src }).filter((file) => !folders.some((f) => file.startsWith(`${f}/`)))
  expect(homeless).toEqual([])
})

test('every folder is built by the one command', () => {
  const { references } = JSON.parse(readFileSync(join(root, 'tsconfig.json'), 'utf8')) as {
    references: { path: string }[]
  }
  expect(references.map(({ path }) => path).toSorted()).toEqual(
    [...folders.map((folder) => `src/${folder}`), 'test'].toSorted(),
  )
})

test.each([
  'model',
  'ports',
  'journal',
  'recommender',
  'adapters/replay',
  'safety/checks',
  'safety/plan',
  'safety/policy',
  'safety/prompt',
  'safety/confirmation',
  'app/common',
  'app/agent',
  'app/operator',
  'surfaces/mcp',
  'surfaces/cli',
  'surfaces/render',
  'main/wire',
  'main/server',
  'main/cli',
])('%s cannot reach what writes to a cluster', (folder) => {
  expect([...reaches(folder)].filter((each) => WRITING.includes(each))).toEqual([])
})

test('what the model talks to cannot reach what only an operator may do', () => {
  for (const folder of ['app/agent', 'surfaces/mcp', 'main/server'])
    expect([...reaches(folder)]).not.toContain('app/operator')
})

test('the mint of approved plans is imported by the executor, the writing transport and the worker, and by nobody else', () => {
  expect(importers('safety/approval')).toEqual(['adapters/kubernetes/write', 'app/worker', 'executor'])
  expect(importers('executor')).toEqual(['adapters/kubernetes/write', 'app/worker', 'main/worker'])
})

test('the transport without a guard is imported by the three guards alone', () => {
  expect(importers('adapters/kubernetes/http')).toEqual([
    'adapters/kubernetes/dry-run',
    'adapters/kubernetes/read',
    'adapters/kubernetes/write',
  ])
})

test('the demo, its kubelet and its scripted person are wired into nothing real', () => {
  expect(
    folders.filter(
      (folder) => !folder.startsWith('demo') && [...reaches(folder)].some((each) => each.startsWith('demo')),
    ),
  ).toEqual([])
})

// Which packages may be imported where; a client library outside its adapter would be a second way round the guards.
const PACKAGES: Readonly<Record<string, RegExp>> = {
  // The OIDC endpoint is asked for a token before there is a connection to guard.
  undici: /^adapters\/(kubernetes\/(http\/|kubeconfig\/oidc-token-endpoint)|prometheus\/)/,
  '@smithy/signature-v4': /^adapters\/prometheus\/auth\/aws\//,
  kysely: /^adapters\/sqlite\//,
  'node:sqlite': /^adapters\/sqlite\//,
  '@modelcontextprotocol/server': /^surfaces\/mcp\//,
  commander: /^surfaces\/cli\//,
  'node:child_process': /^adapters\/(local|kubernetes\/kubeconfig)\/|^adapters\/krr-cli\/(end-group|run-program)/,
  // A gateway on the loopback interface, for the krr that we start and for nobody else.
  'node:http': /^adapters\/krr-cli\/(asked-at|open)-gateway/,
  'node:https': /^$/,
  // Only to tell an address from a name.
  'node:net': /^adapters\/kubernetes\/kubeconfig\//,
}

test.each(Object.entries(PACKAGES))('%s is imported only where it belongs', (name, where) => {
  const quoted = new RegExp(`(from|import\\()\\s*'${name.replaceAll(/[/-]/g, '\\$&')}(/[a-z/-]+)?'`)
  const users = globSync('**/*.ts', { cwd: src }).filter((file) => quoted.test(readFileSync(join(src, file), 'utf8')))
  expect(users.filter((file) => !where.test(file) && !file.startsWith('demo/'))).toEqual([])
})

test('nobody opens a connection with what is built into Node, past the guards', () => {
  const opening = /\b(fetch|new WebSocket|new EventSource)\(/
  const users = globSync('**/*.ts', { cwd: src }).filter((file) => opening.test(readFileSync(join(src, file), 'utf8')))
  expect(users).toEqual([])
})

describe('the fence itself', () => {
  test('refuses an import that a folder does not declare', { timeout: 60_000 }, () => {
    const copy = mkdtempSync(join(tmpdir(), 'krr-mcp-fence-'))
    try {
      cpSync(src, join(copy, 'src'), { recursive: true })
      cpSync(join(root, 'tsconfig.base.json'), join(copy, 'tsconfig.base.json'))
      cpSync(join(root, 'package.json'), join(copy, 'package.json'))
      symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'))
      const tsc = join(root, 'node_modules/typescript/bin/tsc')
      const build = (): string => {
        try {
          execFileSync(process.execPath, [tsc, '-b', 'src/app/agent'], { cwd: copy, encoding: 'utf8' })
          return ''
        } catch (error) {
          return (error as { stdout: string }).stdout
        }
      }
      expect(build()).toBe('')
      // The one import that must never be possible: the model's side minting an approval.
      writeFileSync(
        join(copy, 'src/app/agent/forbidden.ts'),
        "import { approve } from '../../safety/approval/approved-plan.ts'\nexport const forged: unknown = approve\n",
      )
      expect(build()).toMatch(/TS6059|TS6307/)
    } finally {
      rmSync(copy, { recursive: true, force: true })
    }
  })
})
