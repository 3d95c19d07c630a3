import { Command } from 'commander'
import { describe, expect, it } from 'vitest'
import type { SimpleSettings } from '../../../src/model/strategy.ts'
import { addScan } from '../../../src/surfaces/cli/commands/scan.ts'
import type { Cli } from '../../../src/surfaces/cli/cli.ts'
import { addCommonFlags, readCommonFlags } from '../../../src/surfaces/cli/common-flags.ts'
import { readSettings } from '../../../src/surfaces/cli/scan-settings.ts'
import { runIn } from './support/run-in.ts'

interface Read {
  readonly flags: Readonly<Record<string, unknown>>
  readonly settings: ReturnType<typeof readSettings>
  readonly common: ReturnType<typeof readCommonFlags>
}

/** What `krr-mcp scan` understands of this line. */
function read(...argv: string[]): Read {
  let seen: Read | undefined
  const cli = {
    run: (command: Command) => {
      const flags = command.opts()
      seen = { flags, settings: readSettings(flags), common: readCommonFlags(command, {}) }
      return Promise.resolve()
    },
  } as unknown as Cli
  const program = new Command().exitOverride()
  addCommonFlags(program)
  addScan(program, cli)
  program.parse(argv, { from: 'user' })
  if (!seen) throw new Error('scan was not run')
  return seen
}

const SPELLINGS: readonly [flag: string, key: keyof SimpleSettings][] = [
  ['history_duration', 'historyHours'],
  ['timeframe_duration', 'timeframeMinutes'],
  ['cpu_percentile', 'cpuPercentile'],
  ['memory_buffer_percentage', 'memoryBufferPercentage'],
  ['points_required', 'pointsRequired'],
  ['oom_memory_buffer_percentage', 'oomMemoryBufferPercentage'],
  ['cpu_min', 'cpuMin'],
  ['mem_min', 'memoryMin'],
]
const SWITCHES: readonly [flag: string, key: keyof SimpleSettings][] = [
  ['allow_hpa', 'allowHpa'],
  ['use_oomkill_data', 'useOomkillData'],
]

describe('a setting of krr', () => {
  it.each(SPELLINGS)('--%s is understood with underscores and with dashes', (flag, key) => {
    for (const name of [flag, flag.replaceAll('_', '-')]) {
      expect(read('scan', `--${name}`, '42').settings).toEqual({ [key]: 42 })
      expect(read('scan', `--${name}=42`).settings).toEqual({ [key]: 42 })
    }
  })

  it.each(SWITCHES)('--%s is a switch in both spellings', (flag, key) => {
    for (const name of [flag, flag.replaceAll('_', '-')])
      expect(read('scan', `--${name}`).settings).toEqual({ [key]: true })
  })

  it('is left to krr’s default unless given', () => {
    expect(read('scan').settings).toEqual({})
  })

  it('is the last one that was given', () => {
    expect(read('scan', '--history-duration', '1', '--history_duration', '2').settings).toEqual({ historyHours: 2 })
  })
})

describe('a setting outside krr’s bounds', () => {
  it.each([
    ['--history_duration', '0.5'],
    ['--history_duration', '-1'],
    ['--timeframe_duration', '0'],
    ['--timeframe_duration', '0.001'],
    ['--cpu_percentile', '0'],
    ['--cpu_percentile', '100.1'],
    ['--memory_buffer_percentage', '0'],
    ['--points_required', '0'],
    ['--points_required', '1.5'],
    ['--oom_memory_buffer_percentage', '-1'],
    ['--cpu-min', '-1'],
    ['--mem-min', '0.5'],
  ])('%s %s is a usage error that names it', async (flag, value) => {
    const { code, err, out } = await runIn(['scan', flag, value])
    expect({ code, out }, err).toEqual({ code: 2, out: '' })
    expect(err).toContain(flag.replace('--', ''))
    expect(err).toMatch(/^next: /m)
  })
})

describe('krr’s short flags', () => {
  it('-n and -r are repeatable, -s, -c, -p and -k are understood', () => {
    const argv = ['-n', 'shop', '-n', 'pay.*', '-r', 'deployment', '-r', 'DaemonSet', '-s', 'app in (a,b)']
    const { flags, common } = read('scan', ...argv, '-c', 'prod', '-p', 'http://p:9090', '-k', '/k')
    expect(flags).toMatchObject({
      namespace: ['shop', 'pay.*'],
      resource: ['Deployment', 'DaemonSet'],
      selector: 'app in (a,b)',
    })
    expect(common).toEqual({ context: 'prod', prometheusUrl: 'http://p:9090', kubeconfig: '/k' })
  })

  it('mean the same before the command and in long', () => {
    const { common } = read('-c', 'prod', '--prometheus-url=http://p:9090', 'scan', '--kubeconfig', '/k')
    expect(common).toEqual({ context: 'prod', prometheusUrl: 'http://p:9090', kubeconfig: '/k' })
  })

  it.each([['-x'], ['--histry_duration'], ['--history__duration'], ['--strateggy']])(
    '%s, which there is not, is a usage error and opens nothing',
    async (flag) => {
      const { code, err, opened } = await runIn(['scan', flag, '1'])
      expect(code).toBe(2)
      expect(err).toContain(flag)
      expect(opened).toEqual([])
    },
  )

  it.each([
    ['-r', 'Pod'],
    ['--at', 'yesterday'],
    ['-f', 'pprint'],
    ['--strategy', 'median'],
    ['--fail-on', 'GOOD'],
    ['-w', '0'],
    ['--history_duration', 'long'],
  ])('%s %s is a usage error that says what it takes', async (flag, value) => {
    const { code, err, opened } = await runIn(['scan', flag, value])
    expect(code).toBe(2)
    expect(err).toMatch(/It takes|The kinds are|Allowed choices/)
    expect(opened).toEqual([])
  })
})
