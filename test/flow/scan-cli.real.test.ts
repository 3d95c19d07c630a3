import { readFileSync, statSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { parse } from 'yaml'
import { describeRealWithMetrics } from '../harness/describe-real.ts'
import { startCompany, type Company } from '../harness/start-company.ts'
import { temporaryDirectory, type TemporaryDirectory } from '../harness/temporary-directory.ts'
import { goldenScans } from '../recommender/support/golden-scans.ts'
import { isHeavy, metricsBetween } from './support/metrics-between.ts'
import type { Installation } from './support/program.ts'
import { runProgram, type Ran } from './support/run-program.ts'
import { cache, quietUsage, web } from './support/workloads.ts'

const FORMATS = join(import.meta.dirname, '../golden/formats')
const headerOf = (csv: string): string => csv.split(/\r?\n/, 1)[0] ?? ''
const krrHeader = (file: string): string => headerOf(readFileSync(join(FORMATS, file), 'utf8'))
const lettersOf = (text: string): string => /scan (s-\w{4})/.exec(text)?.[1] ?? ''

describeRealWithMetrics('scan at the command line', (controlPlane, prometheus) => {
  let home: TemporaryDirectory
  let company: Company
  let installation: Installation
  let at: string

  beforeAll(async () => {
    home = await temporaryDirectory('scan-cli')
    company = await startCompany(controlPlane, prometheus, { name: 'cli', workloads: [web, cache], usage: quietUsage })
    const kubeconfig = controlPlane.kubeconfigFiles.operator
    installation = { kubeconfig, prometheusUrl: company.prometheusUrl, stateDir: join(home.path, 'state') }
    at = String(Math.floor(Date.now() / 60_000) * 60 - 60)
  }, 120_000)
  afterAll(async () => {
    await company?.stop()
    await home?.remove()
  })

  /** A command of this company, as of one time. */
  const run = (words: readonly string[], more: Partial<Installation> = {}): Promise<Ran> =>
    runProgram([...words, '-n', company.namespace, '--at', at], { ...installation, ...more })
  const freshState = (name: string): Partial<Installation> => ({ stateDir: join(home.path, name) })
  async function output(words: readonly string[]): Promise<string> {
    const { code, stdout, stderr } = await run(words)
    expect(code, stderr).toBe(0)
    return stdout
  }

  describe('in krr’s formats', () => {
    test('json has krr’s keys and no other, all the way down', async () => {
      const json = JSON.parse(await output(['scan', '-f', 'json'])) as Record<string, unknown> & { scans: object[] }
      const [golden] = goldenScans('two-days')
      const theirs = golden?.result as unknown as typeof json
      const keys = (value: unknown): string[] => Object.keys(value as object).toSorted()
      expect(keys(json)).toEqual([...keys(theirs), 'config'].toSorted())
      expect(json.scans).toHaveLength(2)
      for (const scan of json.scans) expect(shapeOf(scan)).toEqual(shapeOf(theirs.scans[0]))
    })

    test('yaml says the same as json', async () => {
      const [json, yaml] = await Promise.all([output(['scan', '-f', 'json']), output(['scan', '-f', 'yaml'])])
      expect(parse(yaml)).toEqual(JSON.parse(json))
    })

    test.each([
      ['csv', [], 'two-days-simple-48h.csv'],
      ['csv-raw', [], 'two-days-simple-48h.raw.csv'],
      ['csv', ['--show-cluster-name', '--exclude-severity'], 'two-days-simple-48h-cluster-no-severity.csv'],
    ])('%s %j has krr’s columns and a line for each row', async (format, flags, file) => {
      const csv = await output(['scan', '-f', format, ...flags])
      expect(headerOf(csv)).toBe(krrHeader(file))
      const lines = csv.trimEnd().split('\n').slice(1)
      expect(lines).toHaveLength(2)
      for (const line of lines) expect(line).toContain(`${company.namespace},`)
      for (const line of lines) expect(line.split(',')).toHaveLength(krrHeader(file).split(',').length)
    })

    test('markdown has a table with a row for each container', async () => {
      const rows = (await output(['scan', '-f', 'markdown'])).split('\n').filter((line) => line.startsWith('|'))
      expect(rows.filter((line) => line.includes(company.namespace))).toHaveLength(2)
    })

    test('html is one page, also in a file that only its user can read', async () => {
      const file = join(home.path, 'report.html')
      const page = await output(['scan', '-f', 'html', '--fileoutput', file, '-q'])
      expect(page).toMatch(/^<!doctype html>/i)
      expect(page).toContain('deployment/cache')
      expect(page).toContain('<svg')
      expect(await readFile(file, 'utf8')).toBe(page)
      expect(statSync(file).mode & 0o777).toBe(0o600)
    })

    test('a table is what there is otherwise, and what comes next is said beside it', async () => {
      const { code, stdout, stderr } = await run(['scan'])
      expect(code).toBe(0)
      expect(stdout).toMatch(/deployment\/web\/app .*800m → \d+m/)
      expect(stdout).not.toContain('next:')
      expect(stderr).toMatch(/^scan s-\w{4} of cluster [^\n]*\nnext: .* explain 1 --scan s-\w{4}\nor: {3}.* preview /)
    })
  })

  test('simple and simple-limit are scan --strategy', async () => {
    for (const strategy of ['simple', 'simple-limit']) {
      const [alias, plain] = await Promise.all([
        output([strategy, '-f', 'json', '--history_duration', '24']),
        output(['scan', '--strategy', strategy, '-f', 'json', '--history_duration', '24']),
      ])
      expect(JSON.parse(alias)).toMatchObject({ strategy: { name: strategy.replace('-', '_') } })
      expect(alias).toBe(plain)
    }
  }, 60_000)

  test('-q prints the result and nothing beside it', async () => {
    const { code, stdout, stderr } = await run(['scan', '-q', '-f', 'csv'])
    expect([code, stderr]).toEqual([0, ''])
    expect(stdout).toContain('web')
    const moved = await run(['scan', '-q', '--diff'])
    expect([moved.code, moved.stderr]).toEqual([0, ''])
  })

  test('--diff compares with the newest, or with the one that is named', async () => {
    const state = freshState('diff')
    const none = await run(['scan', '--diff'], state)
    expect(none.code).toBe(1)
    expect(none.stderr).toMatch(/no earlier scan of this cluster\.\nnext: /)
    const first = lettersOf((await run(['scan'], state)).stderr)
    const strict = await run(['scan', '--memory_buffer_percentage', '100'], state)
    expect(strict.code, strict.stderr).toBe(0)
    const newest = await run(['scan', '--diff'], state)
    expect(newest.stderr).toContain(`compared with scan ${lettersOf(strict.stderr)}, `)
    const named = await run(['scan', '--diff', first], state)
    expect(named.code, named.stderr).toBe(0)
    expect(named.stderr).not.toContain('compared with')
    // The same numbers: nothing has moved since that one, and something since the other.
    const json = async (words: readonly string[]) => JSON.parse((await run([...words, '-f', 'json'], state)).stdout)
    const [same, other] = [
      await json(['scan', '--diff', first]),
      await json(['scan', '--diff', lettersOf(strict.stderr)]),
    ]
    expect(JSON.stringify(same)).not.toBe(JSON.stringify(other))
  }, 60_000)

  test('--diff with a scan that there is not is said before anything is asked', async () => {
    const between = await metricsBetween(company.prometheusUrl)
    onTestFinished(() => between.close())
    const ran = await run(['scan', '--diff', 's-zzzz'], { ...freshState('no-diff'), prometheusUrl: between.url })
    expect([ran.code, ran.stdout, between.asked]).toEqual([1, '', []])
    expect(ran.stderr).toMatch(/^error: .*\nnext: /)
  })

  test('--fail-on says with the exit code whether a row is as bad, and prints the result in both cases', async () => {
    const bad = await run(['scan', '--fail-on', 'OK'])
    expect(bad.code).toBe(3)
    expect(bad.stderr).toMatch(/\d of 2 rows are OK or worse\n$/)
    expect(bad.stdout).toContain('deployment/web/app')
    const good = await run(['scan', '--fail-on', 'CRITICAL', '--workload', 'cache'])
    expect([good.code, good.stdout]).toEqual([0, expect.stringContaining('deployment/cache/app')])
  })

  test('--dry-run says what it would cost, asks nothing heavy, and is no scan', async () => {
    const between = await metricsBetween(company.prometheusUrl)
    onTestFinished(() => between.close())
    const state = { ...freshState('dry'), prometheusUrl: between.url }
    const { code, stdout } = await run(['scan', '--dry-run'], state)
    expect([code, stdout]).toEqual([0, expect.stringMatching(/^A scan of .* would ask .*\n {2}\d+ queries/)])
    expect(stdout).toContain('for 2 containers of 2 workloads, with 4 pods in the window')
    expect(between.asked.length).toBeGreaterThan(0)
    expect(between.asked.filter(isHeavy)).toEqual([])
    expect((await runProgram(['explain', '1'], { ...installation, ...state })).stderr).toContain('no scan')
    // The measure is good for something: a scan asks what is heavy.
    await run(['scan'], state)
    expect(between.asked.some(isHeavy)).toBe(true)
  })

  test('--record and --replay give the same JSON, and a replay leads to no plan', async () => {
    const file = join(home.path, 'scan.recording')
    const recorded = await run(['scan', '-f', 'json', '--record', file])
    expect(recorded.code, recorded.stderr).toBe(0)
    expect(recorded.stderr).toContain(`recorded `)
    expect(statSync(file).mode & 0o777).toBe(0o600)
    // Somewhere else: no cluster, no metrics, another journal.
    const elsewhere = {
      ...installation,
      ...freshState('replay'),
      kubeconfig: '/nowhere',
      prometheusUrl: 'http://127.0.0.1:1',
    }
    const replayed = await runProgram(['scan', '-f', 'json', '--replay', file], elsewhere)
    expect(replayed.code, replayed.stderr).toBe(0)
    expect(replayed.stdout).toBe(recorded.stdout)
    expect(replayed.stderr).not.toContain('preview')
    const id = lettersOf(replayed.stderr)
    // With the very cluster that it was recorded on.
    const preview = await runProgram(['preview', '--scan', id, '--rows', '1'], {
      ...installation,
      ...freshState('replay'),
    })
    expect([preview.code, preview.stdout]).toEqual([3, ''])
    expect(preview.stderr).toContain('is a replay of recorded data')
    const twice = await run(['scan', '--record', file])
    expect([twice.code, twice.stdout]).toEqual([2, ''])
    const both = await runProgram(['scan', '--replay', file, '-n', 'shop'], elsewhere)
    expect([both.code, both.stderr]).toEqual([2, expect.stringContaining('with its own filters and settings')])
  }, 60_000)

  test('a recording that was damaged is refused', async () => {
    const file = join(home.path, 'damaged.recording')
    await run(['scan', '--record', file])
    const bytes = await readFile(file)
    await writeFile(file, bytes.subarray(0, bytes.length - 40))
    const { code, stdout, stderr } = await runProgram(['scan', '--replay', file], installation)
    expect([code, stdout]).toEqual([1, ''])
    expect(stderr).toMatch(/^error: .*\nnext: /)
  })
})

/** The keys of an object and of what is in it. */
function shapeOf(value: unknown): unknown {
  const fixed = ['object', 'recommended', 'requests', 'limits', 'allocations', 'cpu', 'memory']
  if (typeof value !== 'object' || value === null) return '.'
  return Object.fromEntries(
    Object.entries(value)
      .toSorted(([a], [b]) => a.localeCompare(b))
      .map(([key, inner]) => [key, fixed.includes(key) ? shapeOf(inner) : '.']),
  )
}
