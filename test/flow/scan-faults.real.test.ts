import type { ServerResponse } from 'node:http'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { describeRealWithMetrics } from '../harness/describe-real.ts'
import { startCompany, type Company } from '../harness/start-company.ts'
import { temporaryDirectory, type TemporaryDirectory } from '../harness/temporary-directory.ts'
import { isHeavy, metricsBetween, queryOf, type MetricsBetween, type StepIn } from './support/metrics-between.ts'
import { partsOfQuery } from './support/parts-of-query.ts'
import { runProgram, type Ran } from './support/run-program.ts'
import { cache, quietUsage, web } from './support/workloads.ts'

const many = ['one', 'two', 'three', 'four'].map((name) => ({ ...web, name, replicas: 1 }))

interface Answer {
  readonly data: { readonly result: { metric: Record<string, string>; value: [number, string] }[] }
}
interface Row {
  readonly object: { readonly name: string }
  readonly recommended: { readonly requests: Readonly<Record<'cpu' | 'memory', { readonly value: number | string }>> }
}
interface Result {
  readonly scans: readonly Row[]
}
const numbersOf = ({ scans }: Result): unknown =>
  scans.map(({ object, recommended }) => [
    object.name,
    recommended.requests.cpu.value,
    recommended.requests.memory.value,
  ])

function refuse(response: ServerResponse, code: number, errorType: string, error: string): true {
  response.writeHead(code, { 'content-type': 'application/json' })
  response.end(JSON.stringify({ status: 'error', errorType, error }))
  return true
}
/** Pods that a query is about: named, or all of them where it names the namespace only. */
const podsNamed = (query: string): number =>
  /pod=~?"/.test(query)
    ? Math.max(...[...query.matchAll(/pod=~?"([^"]*)"/g)].map(([, pods = '']) => pods.split('|').length))
    : 99

// Real numbers behind, and somebody in between who spoils some of the answers.
describeRealWithMetrics('a scan whose Prometheus has limits', (controlPlane, prometheus) => {
  let home: TemporaryDirectory
  let company: Company
  let at: string
  let whole: Result

  beforeAll(async () => {
    home = await temporaryDirectory('scan-limits')
    const workloads = [cache, ...many]
    company = await startCompany(controlPlane, prometheus, { name: 'limits', workloads, usage: quietUsage })
    at = String(Math.floor(Date.now() / 60_000) * 60 - 60)
    whole = JSON.parse((await scanThrough(await metricsBetween(company.prometheusUrl))).stdout) as Result
  }, 120_000)
  afterAll(async () => {
    await company?.stop()
    await home?.remove()
  })

  function scanThrough(metrics: MetricsBetween, words: readonly string[] = []): Promise<Ran> {
    closers.push(metrics)
    const command = ['scan', '-n', company.namespace, '--at', at, '-f', 'json', ...words]
    const kubeconfig = controlPlane.kubeconfigFiles.operator
    return runProgram(command, { kubeconfig, prometheusUrl: metrics.url, stateDir: join(home.path, 'state') })
  }
  const closers: MetricsBetween[] = []
  afterAll(async () => {
    for (const metrics of closers) await metrics.close()
  })
  const through = async (stepIn: StepIn): Promise<MetricsBetween> => await metricsBetween(company.prometheusUrl, stepIn)

  test.each([
    [
      '422, too many samples',
      (response: ServerResponse) =>
        refuse(response, 422, 'execution', 'query processing would load too many samples into memory'),
    ],
    [
      '503, its own time limit',
      (response: ServerResponse) => refuse(response, 503, 'timeout', 'query timed out in expression evaluation'),
    ],
  ])('%s, for many pods at once only: it is asked in halves, and the numbers are the same', async (_name, say) => {
    const metrics = await through((asked, response) => isHeavy(asked) && podsNamed(queryOf(asked)) > 2 && say(response))
    const { code, stdout, stderr } = await scanThrough(metrics)
    expect(code, stderr).toBe(0)
    expect(numbersOf(JSON.parse(stdout) as Result)).toEqual(numbersOf(whole))
    expect(whole.scans).toHaveLength(5)
    const heavy = metrics.asked.filter(isHeavy).map((asked) => podsNamed(queryOf(asked)))
    expect(heavy.some((pods) => pods > 2)).toBe(true)
    expect(heavy.some((pods) => pods <= 2)).toBe(true)
  })

  test('NaN for one pod is "?" in its row, and no other number moves', async () => {
    const metrics = await through(async (asked, response) => {
      const quantile = partsOfQuery(queryOf(asked)).find(({ expression }) => expression.includes('quantile_over_time'))
      if (!quantile) return false
      const answer = await fetch(`${company.prometheusUrl}${asked.path}`, { method: 'POST', body: asked.form })
      const body = (await answer.json()) as Answer
      for (const one of body.data.result) {
        const isOfIt = Object.entries(quantile.labels).every(([label, value]) => one.metric[label] === value)
        if (isOfIt && one.metric['pod']?.startsWith('two-')) one.value[1] = 'NaN'
      }
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body))
      return true
    })
    const { code, stdout, stderr } = await scanThrough(metrics)
    expect(code, stderr).toBe(0)
    const rows = (JSON.parse(stdout) as Result).scans
    expect(rows.find(({ object }) => object.name === 'two')?.recommended.requests.cpu.value).toBe('?')
    const others = (result: Result): Result => ({ scans: result.scans.filter(({ object }) => object.name !== 'two') })
    expect(numbersOf(others({ scans: rows }))).toEqual(numbersOf(others(whole)))
  })
})
