import { expect, it, describe } from 'vitest'
import { runIn } from '../support/run-in.ts'

/** krr 1.29's flags with a value, as its own `--help` has them (reference: krr's command line); what we have too. */
const OURS: readonly (readonly string[])[] = [
  ['--kubeconfig', '/k'],
  ['-k', '/k'],
  ['--as', 'ada'],
  ['--as-group', 'dev'],
  ['--context', 'prod'],
  ['--cluster', 'prod'],
  ['-c', 'prod'],
  ['--namespace', 'shop'],
  ['-n', 'shop'],
  ['--resource', 'Deployment'],
  ['-r', 'deployment'],
  ['--selector', 'app=web'],
  ['-s', 'app=web'],
  ['--prometheus-url', 'http://p:9090'],
  ['-p', 'http://p:9090'],
  ['--prometheus-auth-header', 'Bearer x'],
  ['--prometheus-headers', 'x-scope-orgid: a'],
  ['-H', 'x-scope-orgid: a'],
  ['--prometheus-ssl-enabled'],
  ['--prometheus-cluster-label', 'eu-1'],
  ['-l', 'eu-1'],
  ['--prometheus-label', 'cluster'],
  ['--eks-managed-prom'],
  ['--eks-profile-name', 'dev'],
  ['--eks-access-key', 'AKIA'],
  ['--eks-secret-key', 'secret'],
  ['--eks-managed-prom-region', 'eu-west-1'],
  ['--eks-assume-role', 'arn:aws:iam::1:role/x'],
  ['--eks-service-name', 'aps'],
  ['--coralogix-token', 'cx'],
  ['--openshift'],
  ['--cpu-min', '10'],
  ['--mem-min', '100'],
  ['--max-workers', '3'],
  ['-w', '3'],
  ['--job-grouping-labels', 'app,team'],
  ['--job-grouping-limit', '100'],
  ['--discovery-job-batch-size', '100'],
  ['--discovery-job-max-batches', '10'],
  ['--formatter', 'table'],
  ['-f', 'json'],
  ['-f', 'yaml'],
  ['-f', 'csv'],
  ['-f', 'csv-raw'],
  ['--show-cluster-name'],
  ['--exclude-severity'],
  ['--verbose'],
  ['-v'],
  ['--quiet'],
  ['-q'],
  ['--logtostderr'],
  ['--width', '120'],
]
/** Of one strategy only, each in both spellings. */
const SETTINGS: Readonly<Record<'simple' | 'simple-limit', readonly (readonly string[])[]>> = {
  simple: [['--cpu_percentile', '99']],
  'simple-limit': [
    ['--cpu_request', '60'],
    ['--cpu_limit', '90'],
  ],
}
const SHARED: readonly (readonly string[])[] = [
  ['--history_duration', '48'],
  ['--timeframe_duration', '2'],
  ['--memory_buffer_percentage', '20'],
  ['--points_required', '7'],
  ['--oom_memory_buffer_percentage', '30'],
  ['--allow_hpa'],
  ['--use_oomkill_data'],
]
/** What krr does and we do not: it sends results to services, or is a part of its maker's. */
const NOT_OURS: readonly (readonly string[])[] = [
  ['--slackoutput', '#krr'],
  ['--slacktitle', 'x'],
  ['--azurebloboutput', 'https://x'],
  ['--teams-webhook', 'https://x'],
  ['--azure-subscription-id', 'x'],
  ['--azure-resource-group', 'x'],
  ['--publish_scan_url', 'https://x'],
  ['--start_time', 'x'],
  ['--scan_id', 'x'],
  ['--named_sinks', 'x'],
]
const dashed = ([flag = '', ...rest]: readonly string[]): readonly string[] => [
  flag.replaceAll(/(?<=\w)_/g, '-'),
  ...rest,
]
const COMMANDS = ['scan', 'simple', 'simple-limit'] as const

describe.each(COMMANDS)('krr-mcp %s', (command) => {
  const own = command === 'scan' ? SETTINGS.simple : SETTINGS[command]

  it.each([...OURS, ...SHARED, ...own].map((words) => [words.join(' '), words] as const))(
    'understands krr’s %s',
    async (_name, words) => {
      for (const spelling of [words, dashed(words)]) {
        const { code, err } = await runIn([command, ...spelling])
        expect(code, err).toBe(0)
      }
    },
  )

  it.each(NOT_OURS.map((words) => [words[0] ?? '', words] as const))(
    'names krr’s %s as one that there is not, and opens nothing',
    async (flag, words) => {
      const { code, err, out, opened } = await runIn([command, ...words])
      expect({ code, out, opened }).toEqual({ code: 2, out: '', opened: [] })
      expect(err).toMatch(/^error: .*\nnext: krr-mcp .*--help\n$/)
      expect(err).toContain(flag)
    },
  )

  it('does not print krr’s pprint, and says which formats there are', async () => {
    const { code, err } = await runIn([command, '-f', 'pprint'])
    expect(code).toBe(2)
    for (const format of ['table', 'json', 'yaml', 'csv', 'csv-raw', 'markdown', 'html']) expect(err).toContain(format)
  })
})

describe('a setting of another strategy', () => {
  it.each([
    ['simple', ...(SETTINGS['simple-limit'][0] ?? [])],
    ['simple', ...(SETTINGS['simple-limit'][1] ?? [])],
    ['simple-limit', ...(SETTINGS.simple[0] ?? [])],
    ['scan', '--strategy', 'simple-limit', ...(SETTINGS.simple[0] ?? [])],
  ])('%s %s %s is a usage error that names it', async (...words) => {
    const { code, err, out } = await runIn(words)
    expect({ code, out }).toEqual({ code: 2, out: '' })
    expect(err).toContain(words.find((word) => word.startsWith('--cpu'))?.replace('--', ''))
  })
})

it('--all-clusters beats -c, as in krr', async () => {
  const { code, opened, err } = await runIn(['simple', '--all-clusters', '-c', 'prod'])
  expect(code, err).toBe(0)
  expect(opened.map(({ context }) => context)).toEqual(['one', 'two'])
})
