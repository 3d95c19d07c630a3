import { describe, expect, it } from 'vitest'
import { COMMON_OPTIONS } from '../../../src/surfaces/options/common-options.ts'
import { makeStateDir, runIn } from './support/run-in.ts'

describe('help', () => {
  it('is what a terminal sees without a command, and ends with the next step', async () => {
    const { code, out, err } = await runIn([])
    expect([code, err]).toEqual([0, ''])
    expect(out).toMatchSnapshot()
    expect(out.trimEnd().split('\n').at(-1)).toBe('next: krr-mcp scan')
  })

  it.each(['scan', 'explain', 'preview', 'show', 'approve', 'apply', 'watch', 'rollback', 'audit', 'policy'])(
    'of %s is written for people',
    async (command) => {
      const { code, out } = await runIn([command, '--help'])
      expect(code).toBe(0)
      expect(out).toMatchSnapshot()
      expect(await runIn(['help', command])).toMatchObject({ code: 0, out })
    },
  )

  it('fits the terminal', async () => {
    for (const width of [80, 200]) {
      const { out } = await runIn([], { deps: { width } })
      const descriptions = out.split('\n').filter((line) => line.startsWith('  '))
      expect(Math.max(...descriptions.map((line) => line.length))).toBeLessThanOrEqual(Math.min(width, 110))
    }
  })

  it('has colours only where they are wanted', async () => {
    expect((await runIn([])).out).not.toContain('\u001B')
    const { out } = await runIn([], { deps: { colours: true } })
    expect(out).toContain('\u001B[1mLook (changes nothing):')
    expect(out.indexOf('Operate:')).toBeLessThan(out.indexOf('Common options:'))
  })

  it('of a group without its command goes to standard error and is a usage error', async () => {
    expect(await runIn(['audit'])).toMatchObject({ code: 2, out: '', err: expect.stringContaining('verify') })
  })

  it('shows the version', async () => {
    expect(await runIn(['--version'])).toMatchObject({ code: 0, out: '1.2.3\n' })
  })
})

describe('what is wrong with a command line', () => {
  it.each([
    [['frobnicate'], 'unknown command', 'krr-mcp --help'],
    [['scna'], 'Did you mean scan?', 'krr-mcp --help'],
    [['scan', '--frobnicate'], "unknown option '--frobnicate'", 'krr-mcp scan --help'],
    [['--frobnicate'], "unknown option '--frobnicate'", 'krr-mcp --help'],
    [['scan', '--prometheus-ulr'], 'Did you mean --prometheus-url?', 'krr-mcp scan --help'],
    [['scan', '-k'], 'argument missing', 'krr-mcp scan --help'],
    [['scan', '--cpu_percentile', 'x'], 'It takes a number', 'krr-mcp scan --help'],
    [['scan', '--at', 'yesterday'], 'seconds since 1970', 'krr-mcp scan --help'],
    [['scan', '-r', 'Pod'], 'The kinds are Deployment', 'krr-mcp scan --help'],
    [['scan', '-f', 'pprint'], 'Allowed choices are table, json', 'krr-mcp scan --help'],
    [['explain'], "missing required argument 'ROW'", 'krr-mcp explain --help'],
    [['explain', 'web'], 'the number of a row', 'krr-mcp explain --help'],
    [['preview'], "'--rows <ROWS>' not specified", 'krr-mcp preview --help'],
    [['preview', '--rows', ''], 'no choice that means "all"', 'krr-mcp preview --help'],
    [['preview', '--rows', 'all'], 'no choice that means "all"', 'krr-mcp preview --help'],
    [['preview', '--rows', '1', '--only', ''], 'cpu_requests', 'krr-mcp preview --help'],
    [['show', 'p-1', 'p-2'], 'too many arguments', 'krr-mcp show --help'],
    [['apply', '--yes'], "unknown option '--yes'", 'krr-mcp apply --help'],
    [['approve', '--phrase', '1 production'], "unknown option '--phrase'", 'krr-mcp approve --help'],
  ] as const)('%j is a usage error that opens nothing', async (argv, message, help) => {
    const ran = await runIn(argv)
    expect(ran).toMatchObject({ code: 2, out: '', opened: [] })
    const [error = '', next] = ran.err.split('\n')
    expect(error).toMatch(/^error: /)
    expect(error).toContain(message)
    expect(next).toBe(`next: ${help}`)
  })

  it('lets nothing of what was typed reach the terminal as a control', async () => {
    const { err } = await runIn(['\u001B[31mevil\u202E'])
    expect(err).not.toMatch(/\p{Cf}|\p{Cc}(?<!\n)/u)
  })
})

describe('common options', () => {
  it('stand before or after the command', async () => {
    const before = await runIn(['--state-dir', '/x', '-c', 'prod', 'approvals'])
    const after = await runIn(['approvals', '--context=prod', '--state-dir', '/x'])
    expect(before.opened).toEqual([{ stateDir: '/x', context: 'prod' }])
    expect(after.opened).toEqual(before.opened)
  })

  it('come from the environment too, and a flag beats it', async () => {
    const env = { KRR_MCP_CONTEXT: 'staging', KRR_MCP_SOAK: '5', KRR_MCP_STATE_DIR: '' }
    const { opened } = await runIn(['approvals', '-c', 'prod'], { deps: { env } })
    expect(opened).toEqual([{ context: 'prod', soakSeconds: '5' }])
  })

  it('are all understood', async () => {
    const flags = COMMON_OPTIONS.flatMap(({ flag, key, value, repeatable }) => {
      const once = value === undefined ? [`--${flag}`] : [`--${flag}`, `value of ${key}`]
      return repeatable ? [...once, `--${flag}`, 'another'] : once
    })
    const { opened } = await runIn(['approvals', ...flags])
    const values = COMMON_OPTIONS.map(({ key, value, repeatable }) => {
      if (value === undefined) return [key, true]
      return [key, repeatable ? [`value of ${key}`, 'another'] : `value of ${key}`]
    })
    expect(opened).toEqual([Object.fromEntries(values)])
  })

  it('know krr’s --cluster as --context: the last one counts', async () => {
    expect((await runIn(['approvals', '--cluster', 'a'])).opened).toEqual([{ context: 'a' }])
    expect((await runIn(['-c', 'b', 'approvals', '--cluster', 'a'])).opened).toEqual([{ context: 'a' }])
    expect((await runIn(['approvals', '--cluster', 'a', '-c', 'b'])).opened).toEqual([{ context: 'b' }])
  })
})

describe('the server', () => {
  it('is started by its name, with the common options', async () => {
    const { served, opened, code } = await runIn(['serve', '--policy', '/p.yaml'])
    expect([served, opened, code]).toEqual([[{ policy: '/p.yaml' }], [], 0])
  })

  it('is what a pipe gets without a command', async () => {
    const { served, out } = await runIn(['--state-dir', '/x'], { deps: { inputIsPipe: true } })
    expect([served, out]).toEqual([[{ stateDir: '/x' }], ''])
  })

  it('is not started behind a pipe by a question for help', async () => {
    const { served, out } = await runIn(['--help'], { deps: { inputIsPipe: true } })
    expect(served).toEqual([])
    expect(out).toContain('Usage: krr-mcp')
  })

  it('ends with its own exit code', async () => {
    expect((await runIn(['serve'], { deps: { serve: () => Promise.resolve(1) } })).code).toBe(1)
  })
})

it('says in two lines why the ports could not be opened', async () => {
  const problem = {
    reason: 'state_dir_unsafe',
    message: 'The state directory\nis not yours.',
    next: 'Choose another.',
  } as const
  const ran = await runIn(['history'], { deps: { open: () => Promise.resolve({ ok: false, problem }) } })
  expect(ran).toMatchObject({
    code: 1,
    out: '',
    err: 'error: The state directory is not yours.\nnext: Choose another.\n',
  })
})

it('closes what it opened, also when a command throws', async () => {
  const stateDir = makeStateDir()
  const closed: string[] = []
  const open = () =>
    Promise.resolve({
      ok: true,
      value: {
        journal: {
          state: () => {
            throw new Error('a bug')
          },
        },
        close: () => Promise.resolve(void closed.push('closed')),
      },
    } as never)
  await expect(runIn(['history'], { stateDir, deps: { open } })).rejects.toThrow('a bug')
  expect(closed).toEqual(['closed'])
})
