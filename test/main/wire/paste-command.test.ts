import { execFileSync } from 'node:child_process'
import { chmodSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import * as fc from 'fast-check'
import { describe, expect, it, onTestFinished } from 'vitest'
import { pasteCommand, REACHING } from '../../../src/main/wire/paste-command.ts'
import type { CommonOptions } from '../../../src/surfaces/options/common-options.ts'
import { asFlags } from '../../../src/surfaces/options/as-flags.ts'
import { fromEnvironment, readOptions } from '../../../src/surfaces/options/read-options.ts'
import { temporaryDirectory } from '../../harness/temporary-directory.ts'
import { problemOf, valueOf } from '../../safety/support/value-of.ts'

interface Ran {
  readonly args: readonly string[]
  readonly kubeconfig: string
}
/** Pastes a line into a real shell, in which krr-mcp says what it was called with. */
async function inShell(): Promise<(line: string) => Ran> {
  const { path, remove } = await temporaryDirectory('paste')
  onTestFinished(remove)
  const program = join(path, 'krr-mcp')
  writeFileSync(program, '#!/bin/sh\nprintf "%s\\0" "$KUBECONFIG" "$@"\n')
  chmodSync(program, 0o700)
  return (line) => {
    const env = { PATH: `${path}:${process.env['PATH'] ?? ''}`, HOME: '/home/of-nobody' }
    const said = execFileSync('/bin/sh', ['-c', line], { cwd: path, env, encoding: 'utf8' })
    const [kubeconfig = '', ...args] = said.split('\0').slice(0, -1)
    return { args, kubeconfig }
  }
}

describe('the command that a person pastes', () => {
  it('is plain where nothing needs quoting', () => {
    expect(
      pasteCommand({ context: 'prod', policy: '/etc/krr/policy.yaml' }, '/home/ada/.local/state/krr-mcp', {}),
    ).toBe('krr-mcp --context prod --state-dir /home/ada/.local/state/krr-mcp --policy /etc/krr/policy.yaml')
  })
  it('reaches this journal, policy and cluster, and names nothing else', () => {
    const all: CommonOptions = {
      context: 'c',
      kubeconfig: '/k',
      policy: '/p',
      stateDir: '/elsewhere',
      prometheusUrl: 'http://user:secret@prometheus',
      prometheusAuthHeader: 'Bearer secret',
      prometheusHeaders: ['x-key: secret'],
      eksSecretKey: 'secret',
      coralogixToken: 'secret',
      asUser: 'ada',
      asGroups: ['dev', 'ops'],
      soakSeconds: '1',
      tokenSeconds: '1',
    }
    expect(pasteCommand(all, '/s', {})).toBe(
      'krr-mcp --kubeconfig /k --context c --as ada --as-group dev --as-group ops --state-dir /s --policy /p',
    )
  })
  it('names the kubeconfig of the host where that came from its environment', async () => {
    const run = await inShell()
    const line = pasteCommand({}, '/s', { KUBECONFIG: "/a b/c:/d'e" })
    expect(run(`${line} approve p-7k3m`)).toEqual({
      kubeconfig: "/a b/c:/d'e",
      args: ['--state-dir', '/s', 'approve', 'p-7k3m'],
    })
    expect(pasteCommand({ kubeconfig: '/k' }, '/s', { KUBECONFIG: '/other' })).not.toContain('/other')
    expect(pasteCommand({}, '/s', { KUBECONFIG: '' })).toBe('krr-mcp --state-dir /s')
  })
  it('means in a shell what it says, whatever the names are', { timeout: 30_000 }, async () => {
    const run = await inShell()
    const nasty = fc.oneof(
      fc.constantFrom(
        "it's",
        '$(touch pwned)',
        '`touch pwned`',
        '; touch pwned',
        '$HOME',
        '~',
        '~/x',
        '*',
        'a\nb',
        'a"b',
        '\\',
        "'",
        "''",
        ' ',
        '#',
        '&',
        '|',
        '>x',
        '!!',
        'ünï 🚀',
        '-x',
        '--policy',
        '-',
        '--',
        '=',
      ),
      fc.string({ minLength: 1, unit: 'grapheme' }).filter((text) => !text.includes('\0')),
    )
    fc.assert(
      fc.property(nasty, nasty, (context, folder) => {
        const options = { context, policy: `/p/${folder}` }
        const { args } = run(`${pasteCommand(options, `/s/${folder}`, {})} approve`)
        expect(valueOf(readOptions(args, {}))).toEqual({
          options: { ...options, stateDir: `/s/${folder}` },
          positionals: ['approve'],
        })
      }),
      { seed: 20261124, numRuns: 80 },
    )
  })
})

describe('common options', () => {
  it('come through a child process as they were, whatever they hold', () => {
    const text = fc.string({ unit: 'grapheme' }).filter((each) => !each.includes('\0'))
    const asGroups = fc.array(text, { minLength: 1, maxLength: 3 })
    fc.assert(
      fc.property(fc.record({ kubeconfig: text, context: text, asGroups, stateDir: text, policy: text }), (options) => {
        const flags = asFlags(options, REACHING)
        expect(valueOf(readOptions(['x-2abc', ...flags], {}))).toEqual({ options, positionals: ['x-2abc'] })
      }),
      { seed: 20261124, numRuns: 300 },
    )
  })
  it('are the flag, else the environment, else nothing', () => {
    const env = { KRR_MCP_POLICY: '/env', KRR_MCP_CONTEXT: '', KRR_MCP_STATE_DIR: '/state' }
    expect(fromEnvironment(env)).toEqual({ policy: '/env', stateDir: '/state' })
    expect(valueOf(readOptions(['--policy', '/flag'], env)).options).toEqual({ policy: '/flag', stateDir: '/state' })
  })
  it('hold nothing that could approve: no variable and no flag does', () => {
    const env = { KRR_MCP_APPROVE: '1', KRR_MCP_YES: '1', KRR_MCP_LEVEL: 'passkey', KRR_MCP_TERMINAL: '1', CI: 'true' }
    expect(fromEnvironment(env)).toEqual({})
    for (const flag of ['--yes', '-y', '--force', '--approve', '--no-confirm', '--level=client'])
      expect(problemOf(readOptions([flag], {})).reason).toBe('bad_setting')
  })
  it('that are unknown or unfinished are refused', () => {
    for (const argv of [['--polcy', '/x'], ['--policy'], ['--context=a', '--nope']])
      expect(problemOf(readOptions(argv, {})).reason).toBe('bad_setting')
  })
})
