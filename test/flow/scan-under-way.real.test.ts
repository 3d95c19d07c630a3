import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, onTestFinished, test, vi } from 'vitest'
import { describeRealWithMetrics } from '../harness/describe-real.ts'
import { startCompany, type Company } from '../harness/start-company.ts'
import { temporaryDirectory, type TemporaryDirectory } from '../harness/temporary-directory.ts'
import { inTerminal } from './support/in-terminal.ts'
import { isHeavy, metricsBetween, type MetricsBetween, type StepIn } from './support/metrics-between.ts'
import type { Installation } from './support/program.ts'
import { runProgram } from './support/run-program.ts'
import { standInCluster } from './support/stand-in-cluster.ts'
import { startProgram } from './support/started-program.ts'
import { quietUsage, web } from './support/workloads.ts'

const AT_ONCE_MS = 3_000
const stalls: StepIn = (asked) => isHeavy(asked)

describeRealWithMetrics('a scan under way', (controlPlane, prometheus) => {
  let home: TemporaryDirectory
  let company: Company
  let states = 0

  beforeAll(async () => {
    home = await temporaryDirectory('scan-under-way')
    company = await startCompany(controlPlane, prometheus, { name: 'way', workloads: [web], usage: quietUsage })
  }, 120_000)
  afterAll(async () => {
    await company?.stop()
    await home?.remove()
  })

  async function between(stepIn?: StepIn): Promise<{ metrics: MetricsBetween; installation: Installation }> {
    const metrics = await metricsBetween(company.prometheusUrl, stepIn)
    onTestFinished(() => metrics.close())
    states += 1
    return {
      metrics,
      installation: {
        kubeconfig: controlPlane.kubeconfigFiles.operator,
        prometheusUrl: metrics.url,
        stateDir: join(home.path, `state-${states}`),
      },
    }
  }
  const scan = (): string[] => ['scan', '-n', company.namespace]
  async function expectNothingRecorded(installation: Installation): Promise<void> {
    const { stdout, code } = await runProgram(['audit', 'list'], installation)
    expect([code, stdout]).toEqual([0, expect.not.stringContaining('scan_recorded')])
  }

  test('draws a bar on a terminal, and takes it away', async () => {
    const { installation } = await between(async () => {
      await sleep(300)
      return false
    })
    const terminal = inTerminal(scan(), installation)
    await terminal.sees(/scanning [█░]{24} [1-9]\d* of \d+ queries/)
    expect(await terminal.exit, terminal.screen()).toBe(0)
    expect(terminal.screen()).toMatch(/deployment\/web\/app/)
    // After the bar comes the result, and no bar after that.
    expect(terminal.screen().lastIndexOf('scanning ')).toBeLessThan(terminal.screen().indexOf('deployment/web/app'))
  })

  test('draws none in a pipe, and says nothing for a few seconds', async () => {
    const { installation } = await between()
    const { code, stderr, stdout } = await runProgram(scan(), installation)
    expect([code, stderr + stdout]).toEqual([0, expect.not.stringContaining('scanning')])
    expect(stderr + stdout).not.toContain('\u001b')
  })

  test('says where it is in lines when it takes long in a pipe', { timeout: 60_000 }, async () => {
    const { installation } = await between(async (asked) => {
      if (isHeavy(asked)) await sleep(10_500)
      return false
    })
    const { code, stderr } = await runProgram(scan(), installation)
    expect(code, stderr).toBe(0)
    expect(stderr.split('\n')[0]).toMatch(/^scanning [█░]{24} \d+ of \d+ queries/)
    expect(stderr).not.toContain('\u001b')
  })

  test('in a pipe ends at once with Ctrl-C: nothing printed, nothing recorded, its queries given up', async () => {
    const { metrics, installation } = await between(stalls)
    const program = startProgram([...scan(), '-f', 'json'], installation)
    await vi.waitFor(() => expect(metrics.asked.some(isHeavy)).toBe(true), { timeout: 20_000 })
    const since = performance.now()
    program.interrupt()
    expect(await program.exit, program.stderr()).toBe(130)
    expect(performance.now() - since).toBeLessThan(AT_ONCE_MS)
    expect(program.stdout()).toBe('')
    expect(program.stderr()).toBe(
      'error: The scan was stopped before it was done.\nnext: scan again when you want the numbers\n',
    )
    await vi.waitFor(() => expect(metrics.abandoned()).toBeGreaterThan(0))
    const asked = metrics.asked.length
    await sleep(500)
    expect(metrics.asked.length).toBe(asked)
    await expectNothingRecorded(installation)
  })

  test('on a terminal ends at once with Ctrl-C, and leaves no bar', async () => {
    const { metrics, installation } = await between(stalls)
    const terminal = inTerminal(scan(), installation)
    await vi.waitFor(() => expect(metrics.asked.some(isHeavy)).toBe(true), { timeout: 20_000 })
    const since = performance.now()
    terminal.types('\u0003')
    expect(await terminal.exit).toBe(130)
    expect(performance.now() - since).toBeLessThan(AT_ONCE_MS)
    expect(terminal.screen()).toContain('The scan was stopped before it was done.')
    await expectNothingRecorded(installation)
  })

  test('of a cluster that does not answer ends at once with Ctrl-C, too', async () => {
    const { metrics, installation } = await between()
    const cluster = await standInCluster(home.path)
    onTestFinished(() => cluster.close())
    cluster.all(() => undefined)
    const silent = { ...installation, kubeconfig: cluster.kubeconfig }
    const program = startProgram(['scan'], silent)
    await vi.waitFor(() => expect(cluster.api.seen.length).toBeGreaterThan(0), { timeout: 20_000 })
    const since = performance.now()
    program.interrupt()
    expect(await program.exit, program.stderr()).toBe(130)
    expect(performance.now() - since).toBeLessThan(AT_ONCE_MS)
    expect([program.stdout(), metrics.asked]).toEqual(['', []])
    await expectNothingRecorded(silent)
  })
})
