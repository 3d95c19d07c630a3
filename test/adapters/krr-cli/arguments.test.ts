import { describe, expect, it } from 'vitest'
import { krrArguments } from '../../../src/adapters/krr-cli/krr-arguments.ts'
import { krrCommand } from '../../../src/adapters/krr-cli/krr-command.ts'
import type { KrrRequest } from '../../../src/ports/krr-engine.ts'
import { simpleSettings, simpleWith } from '../../recommender/support/chosen.ts'
import { fakeKrr, krrOutput, never, request } from './support/fake-krr.ts'

const argumentsOf = (more: Partial<KrrRequest>, target: Parameters<typeof krrArguments>[1] = {}) =>
  krrArguments(request(more), target, 'http://127.0.0.1:9')
const scopeOf = (scope: Partial<KrrRequest['scope']>) => argumentsOf({ scope: { namespaces: [], kinds: [], ...scope } })
const reasonOf = (made: ReturnType<typeof krrArguments>) => (made.ok ? made.value : made.problem.reason)

describe('what krr is started with', () => {
  it('is every setting, the JSON of it, and the gateway', () => {
    expect(argumentsOf({})).toEqual({
      ok: true,
      value: [
        'simple',
        '--cpu_percentile=95',
        '--history_duration=336',
        '--timeframe_duration=1.25',
        '--memory_buffer_percentage=15',
        '--points_required=100',
        '--cpu-min=10',
        '--mem-min=100',
        '--formatter=json',
        '--logtostderr',
        '--prometheus-url=http://127.0.0.1:9',
        '--prometheus-auth-header=none',
      ],
    })
  })

  it('has the filters that krr has, and only those', () => {
    const scope = {
      namespaces: ['Shop', 'team-.*', '*'],
      kinds: ['deployment', 'CronJob'],
      selector: 'app=web,tier!=cache',
      excludeNamespaces: ['other'],
      workloads: ['w*'],
      containers: ['app'],
      jobGrouping: { labels: ['app', 'x.io/team'], limit: 20 },
      jobPages: { size: 100, most: 3 },
    }
    const made = argumentsOf({ scope }, { context: 'prod', kubeconfig: '/k/config', maxWorkers: 2 })
    expect(made.ok && made.value.slice(10)).toEqual([
      '--kubeconfig=/k/config',
      '--context=prod',
      '--namespace=shop',
      '--namespace=team-.*',
      '--namespace=.*',
      '--resource=deployment',
      '--resource=CronJob',
      '--selector=app=web,tier!=cache',
      '--job-grouping-labels=app,x.io/team',
      '--job-grouping-limit=20',
      '--discovery-job-batch-size=100',
      '--discovery-job-max-batches=3',
      '--prometheus-url=http://127.0.0.1:9',
      '--prometheus-auth-header=none',
      '--max-workers=2',
    ])
  })

  it('names both the cluster label and its value, since krr asks for a label called None otherwise', () => {
    const made = argumentsOf({ clusterLabel: { name: 'cluster', value: 'eu-1' } })
    expect(made.ok && made.value).toEqual(
      expect.arrayContaining(['--prometheus-label=cluster', '--prometheus-cluster-label=eu-1']),
    )
  })

  it.each([
    ['a namespace that is a flag', scopeOf({ namespaces: ['--all-clusters'] })],
    ['a namespace that begins with an asterisk', scopeOf({ namespaces: ['*x'] })],
    ['a namespace with a line break', scopeOf({ namespaces: ['shop\n--verbose'] })],
    ['a namespace with a NUL', scopeOf({ namespaces: ['shop\0x'] })],
    ['an empty namespace', scopeOf({ namespaces: [''] })],
    ['an endless pattern', scopeOf({ namespaces: ['a'.repeat(500)] })],
    ['a kind that is a flag', scopeOf({ kinds: ['-q'] })],
    ['a kind that there is not', scopeOf({ kinds: ['Secret'] })],
    ['a selector that is a flag', scopeOf({ selector: '--fileoutput=/etc/cron.d/x' })],
    ['a selector with a line break', scopeOf({ selector: 'app=web\n' })],
    ['a selector with a bidirectional mark', scopeOf({ selector: 'app=\u202eweb' })],
    ['a group label with a comma', scopeOf({ jobGrouping: { labels: ['a,b'], limit: 1 } })],
    ['no group label', scopeOf({ jobGrouping: { labels: [], limit: 1 } })],
    ['a page of no jobs', scopeOf({ jobPages: { size: 0, most: 1 } })],
    ['half a page', scopeOf({ jobPages: { size: 1.5, most: 1 } })],
    ['a context with a line break', argumentsOf({}, { context: 'a\nb' })],
    ['no context at all', argumentsOf({}, { context: '' })],
    ['a label value that ends the matcher', argumentsOf({ clusterLabel: { name: 'c', value: 'x"} or {y="' } })],
    ['a label name that is PromQL', argumentsOf({ clusterLabel: { name: 'c="x",d', value: 'y' } })],
    ['a percentile of 101', argumentsOf({ chosen: simpleWith({ cpuPercentile: 101 }) })],
    ['no number', argumentsOf({ chosen: simpleWith({ historyHours: Number.NaN }) })],
    ['a negative minimum', argumentsOf({ chosen: simpleWith({ cpuMin: -1 }) })],
    ['half a millicore', argumentsOf({ chosen: simpleWith({ cpuMin: 0.5 }) })],
  ])('never is %s', (_what, made) => {
    expect(reasonOf(made)).toBe('bad_setting')
  })

  it('is a context that begins with a dash only behind its own flag', () => {
    expect(reasonOf(argumentsOf({}, { context: '--quiet' }))).toContain('--context=--quiet')
  })

  it('is no strategy that krr does not have', () => {
    const settings = { ...simpleSettings(), cpuHeadroomPercentage: 15, throttledAbovePercentage: 10 }
    const made = argumentsOf({ chosen: { strategy: 'usage_aware', settings } })
    expect(made.ok ? undefined : made.problem.next).toContain('--engine native')
  })

  it('is the two percentiles and the switches of simple-limit', () => {
    const settings = { ...simpleSettings({ useOomkillData: true, allowHpa: true }), cpuRequest: 66, cpuLimit: 96 }
    const made = argumentsOf({ chosen: { strategy: 'simple_limit', settings } })
    expect(made.ok && made.value.slice(0, 12)).toEqual([
      'simple-limit',
      '--cpu_request=66',
      '--cpu_limit=96',
      '--history_duration=336',
      '--timeframe_duration=1.25',
      '--memory_buffer_percentage=15',
      '--points_required=100',
      '--oom_memory_buffer_percentage=25',
      '--cpu-min=10',
      '--mem-min=100',
      '--allow-hpa',
      '--use-oomkill-data',
    ])
  })

  it('reaches the program word for word: no shell looks at it', async () => {
    const { engine, left } = await fakeKrr(`console.log(${JSON.stringify(krrOutput())})`, {
      context: '$(touch pwned); `id` "x" \'y\' *',
    })
    expect((await engine.scan(request(), never())).ok).toBe(true)
    expect(JSON.parse(await left('args'))).toContain('--context=$(touch pwned); `id` "x" \'y\' *')
  })
})

describe('the command line of an installed krr', () => {
  it.each([
    [undefined, 'krr', []],
    ['  ', 'krr', []],
    ['/opt/venv/bin/python  /opt/krr/krr.py', '/opt/venv/bin/python', ['/opt/krr/krr.py']],
  ])('%s', (text, file, words) => {
    expect(krrCommand(text)).toEqual({ ok: true, value: { file, words } })
  })

  it.each(['krr; rm -rf /', 'krr $(id)', '-c', '"krr"', 'krr\n-q', 'krr | tee'])('is not %j', (text) => {
    expect(krrCommand(text).ok).toBe(false)
  })
})
