import type { RequestOptions } from '@modelcontextprotocol/client'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest'
import { describeRealWithMetrics } from '../harness/describe-real.ts'
import { startCompany, type Company } from '../harness/start-company.ts'
import { temporaryDirectory, type TemporaryDirectory } from '../harness/temporary-directory.ts'
import { readCalled } from '../surfaces/mcp/support/host.ts'
import { ERAS, startAssistant, type Called, type Era } from './support/assistant.ts'
import { rowOf } from './support/conversation.ts'
import { isHeavy, metricsBetween, type MetricsBetween, type StepIn } from './support/metrics-between.ts'
import type { Installation } from './support/program.ts'
import { runProgram } from './support/run-program.ts'
import { cache, quietUsage, web } from './support/workloads.ts'

interface Told {
  readonly progress: number
  readonly total?: number | undefined
  readonly message?: string | undefined
}
type Call = (tool: string, args?: Record<string, unknown>, options?: RequestOptions) => Promise<Called>

describeRealWithMetrics('a scan over MCP', (controlPlane, prometheus) => {
  let home: TemporaryDirectory
  let company: Company
  let states = 0

  beforeAll(async () => {
    home = await temporaryDirectory('scan-mcp')
    company = await startCompany(controlPlane, prometheus, { name: 'mcp', workloads: [web, cache], usage: quietUsage })
  }, 120_000)
  afterAll(async () => {
    await company?.stop()
    await home?.remove()
  })

  interface Desk {
    readonly call: Call
    readonly metrics: MetricsBetween
    readonly installation: Installation
  }
  /** A client in front of the built server, and a view on every question that reaches the metrics. */
  async function desk(era: Era, stepIn?: StepIn): Promise<Desk> {
    const metrics = await metricsBetween(company.prometheusUrl, stepIn)
    onTestFinished(() => metrics.close())
    states += 1
    const installation = {
      kubeconfig: controlPlane.kubeconfigFiles.operator,
      prometheusUrl: metrics.url,
      stateDir: join(home.path, `state-${states}`),
    }
    const { client, close } = await startAssistant(installation, { era })
    onTestFinished(close)
    const call: Call = async (name, given = {}, options) =>
      readCalled(await client.callTool({ name, arguments: given }, options))
    return { call, metrics, installation }
  }
  const all = (more: Record<string, unknown> = {}) => ({ namespaces: [company.namespace], ...more })

  describe.each(ERAS)('in the era %s', (era) => {
    test('tells how far it is, and the number grows', async () => {
      const { call } = await desk(era, async () => {
        await sleep(800)
        return false
      })
      const told: Told[] = []
      const done = await call('scan_recommendations', all(), { onprogress: (where) => told.push(where) })
      expect(done.answer.status, done.text).toBe('done')
      expect(told.length).toBeGreaterThan(1)
      const values = told.map(({ progress }) => progress)
      expect(values).toEqual([...new Set(values)].toSorted((a, b) => a - b))
      for (const { progress, total = 0 } of told) expect(progress).toBeLessThanOrEqual(total)
      expect(told.at(-1)?.message).toMatch(/^\d+ of \d+ queries answered\.$/)
    })

    test('stops with the call that is cancelled: its queries are given up, none follows, nothing is recorded', async () => {
      const { call, metrics, installation } = await desk(era, isHeavy)
      const stop = new AbortController()
      const going = call('scan_recommendations', all(), { signal: stop.signal })
      await vi.waitFor(() => expect(metrics.asked.some(isHeavy)).toBe(true), { timeout: 20_000 })
      stop.abort()
      await expect(going).rejects.toThrow()
      await vi.waitFor(() => expect(metrics.abandoned()).toBe(metrics.asked.filter(isHeavy).length), { timeout: 5_000 })
      const asked = metrics.asked.length
      await sleep(700)
      expect(metrics.asked.length).toBe(asked)
      const { stdout } = await runProgram(['audit', 'list'], installation)
      expect(stdout).not.toContain('scan_recorded')
      // The server goes on.
      const estimate = await call('scan_recommendations', all({ estimate_only: true }))
      expect(estimate.answer.status, estimate.text).toBe('done')
    })

    test('estimates without asking anything heavy, and without a scan', async () => {
      const { call, metrics } = await desk(era)
      const { answer, text } = await call('scan_recommendations', all({ estimate_only: true }))
      expect(answer.status, text).toBe('done')
      expect(answer.data).toMatchObject({ workloads: 2, containers: 2, pods_in_the_window: 4 })
      expect(answer.data.queries).toBeGreaterThan(0)
      expect(metrics.asked.filter(isHeavy)).toEqual([])
      const explained = await call('explain_recommendation', { row: 1 })
      expect([explained.isError, explained.text]).toEqual([true, expect.stringContaining('no scan')])
    })

    test('explains a row with usage over time and a backtest when asked to', async () => {
      const { call } = await desk(era)
      const scan = await call('scan_recommendations', all())
      const asked = { scan_id: scan.answer.data.scan_id as string, row: rowOf(scan, 'web') }
      const [short, long] = [
        await call('explain_recommendation', asked),
        await call('explain_recommendation', { ...asked, over_time: true }),
      ]
      expect(short.answer.status, short.text).toBe('done')
      for (const key of ['over_time', 'with_these_values']) expect(short.answer.data).not.toHaveProperty(key)
      const { over_time: overTime, with_these_values: backtest } = long.answer.data
      for (const resource of ['cpu', 'memory']) expect(overTime[resource].chart).toMatch(/^[▁▂▃▄▅▆▇█ ·]{10,48}$/u)
      expect(Object.keys(overTime.cpu.usage_cores).join(' ')).toMatch(/min.*p95.*peak/)
      expect(Object.keys(overTime.memory.usage_bytes).join(' ')).toMatch(/min.*p95.*peak/)
      expect(overTime.memory.usage_bytes.peak).toBe(150 * 2 ** 20)
      expect(backtest.length).toBeGreaterThan(0)
      for (const sentence of backtest) expect(sentence).toMatch(/\w+ \w+/)
      expect(long.answer.data.cpu.queries[0].promql).toContain('quantile_over_time')
    })

    test.each([
      ['a URL', { prometheus_url: 'http://elsewhere' }],
      ['an address', { url: 'http://elsewhere' }],
      ['a header', { headers: { authorization: 'x' } }],
      ['PromQL', { query: 'up' }],
      ['a flag of krr', { krr_flags: ['--prometheus-url=http://elsewhere'] }],
      ['a context', { context: 'production' }],
      ['krr’s name of a setting', { cpu_min: 1 }],
      ['no number', { cpu_percentile: '95' }],
      ['a percentile of 0', { cpu_percentile: 0 }],
      ['too many rows', { limit: 101 }],
      ['a strategy that there is not', { strategy: 'median' }],
    ])('%s is no input', async (_what, args) => {
      const { call, metrics } = await desk(era)
      const refused = await call('scan_recommendations', all(args)).catch((error: unknown) => String(error))
      const text = typeof refused === 'string' ? refused : refused.text
      expect(typeof refused === 'string' || refused.isError, text).toBe(true)
      expect(text).toContain(Object.keys(args)[0])
      expect(metrics.asked).toEqual([])
    })

    test('a setting of another strategy is refused with what to do, before anything is asked', async () => {
      const { call, metrics } = await desk(era)
      const refused = await call('scan_recommendations', all({ strategy: 'simple_limit', cpu_percentile: 99 }))
      expect(refused.isError).toBe(true)
      expect(refused.text).toMatch(/^bad_setting: cpu_percentile is no setting of simple.limit\b.* Next: \S/s)
      expect(metrics.asked).toEqual([])
    })
  })

  test(
    'one that takes longer than a call may goes on, is found by its id, and is not stopped while somebody follows',
    {
      timeout: 120_000,
    },
    async () => {
      const released = Promise.withResolvers<void>()
      const { call, metrics } = await desk('2026-07-28', async (asked) => {
        if (isHeavy(asked)) await released.promise
        return false
      })
      onTestFinished(() => released.resolve())
      const since = performance.now()
      const first = await call('scan_recommendations', all(), { timeout: 60_000 })
      expect(performance.now() - since).toBeLessThan(45_000)
      expect(first.answer.status, first.text).toBe('running')
      const scan = { scan_id: first.answer.data.scan_id as string }
      expect(first.answer.next).toEqual([expect.objectContaining({ tool: 'scan_recommendations' })])
      const stop = new AbortController()
      const [gives, stays] = [
        call('scan_recommendations', scan, { signal: stop.signal }),
        call('scan_recommendations', scan, { timeout: 60_000 }),
      ]
      await sleep(300)
      stop.abort()
      await expect(gives).rejects.toThrow()
      await sleep(300)
      expect(metrics.abandoned()).toBe(0)
      released.resolve()
      const done = await stays
      expect(done.answer.status, done.text).toBe('done')
      expect(done.answer.data).toMatchObject({ scan_id: scan.scan_id, totals: { containers: 2 } })
    },
  )
})
