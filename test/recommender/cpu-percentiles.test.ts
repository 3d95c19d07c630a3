import { assert, asyncProperty, integer } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { failed } from '../../src/model/result.ts'
import { unixSeconds } from '../../src/model/time.ts'
import type { PodsOfContainer } from '../../src/recommender/discovery/pods-of-container.ts'
import { metricWindow } from '../../src/recommender/metric-window.ts'
import { numpyPercentile } from '../../src/recommender/numbers/numpy-percentile.ts'
import { cpuRangeQueries } from '../../src/recommender/usage/cpu-range.ts'
import { loadCpuPercentiles } from '../../src/recommender/usage/load-cpu-percentiles.ts'
import { usageLoad, type UsageLoad } from '../../src/recommender/usage/usage-load.ts'
import { usageSession } from '../../src/recommender/usage-session.ts'
import { metricsOverTime, timesOf, TOO_MUCH, type Asked, type SeriesOverTime } from './support/metrics-over-time.ts'
import { container } from './support/observed.ts'
import { AT, usageOf } from './support/stub-ports.ts'

const HOUR = 3600
const noise = (seed: number) => (seconds: number) => ((seconds * 7919 + seed * 104_729) % 1009) / 1009
const of = (pods: readonly string[], name = 'web'): PodsOfContainer => ({
  container: container({ name }),
  pods: pods.map((pod) => ({ name: pod, deleted: false })),
  fromApi: false,
})

interface Question {
  readonly series: readonly SeriesOverTime[]
  readonly containers: readonly PodsOfContainer[]
  readonly hours?: number
  readonly stepMinutes?: number
  readonly most?: number
  readonly longRanges?: boolean
  readonly at?: number
}
function ask({ series, containers, hours = 336, stepMinutes = 1.25, most, longRanges = true, at = AT }: Question) {
  const server = metricsOverTime(series, most)
  const need = { kind: 'percentiles', percents: [66, 96], historySeconds: hours * HOUR } as const
  const window = metricWindow(hours, stepMinutes)
  const needs = { window, cpu: need, oomLimits: false, throttling: false, pointsRequired: 100 }
  const session = usageSession({ ...usageOf({}), ...server }, unixSeconds(at), { concurrency: 4 })
  const load: UsageLoad = usageLoad({ session, needs, containers, pods: [], shards: [], budget: 5e6, longRanges })
  return { answer: loadCpuPercentiles(load, need), asked: server.asked, expected: () => cpuRangeQueries(load, need) }
}
const percentilesOf = async (question: Question) => {
  const { answer, asked, expected } = ask(question)
  const tables = await answer
  if (!tables.ok) throw new Error(tables.problem.message)
  const { percentilesOf: found, readings } = tables.value
  return { percentiles: question.containers.map((each) => found?.(each)), asked, readings, expected }
}
/** The whole range at once, by the definition. */
function expectedOf(series: readonly SeriesOverTime[], { hours = 336, stepSeconds = 75, at = AT } = {}) {
  const end = Math.floor(at / 60) * 60
  const times = timesOf({ start: unixSeconds(end - hours * HOUR), end: unixSeconds(end), stepSeconds })
  const points = Float64Array.from(series.flatMap(({ valueAt }) => times.map(valueAt))).sort()
  return [66, 96].map((percent) => numpyPercentile(points, percent))
}
const answeredTimes = (asked: readonly Asked[]): readonly number[] =>
  asked.filter(({ answered }) => answered).flatMap(({ window }) => timesOf(window))

describe('percentiles over all points', () => {
  it('are those of one unlimited range, though no answer has more points than a stock server gives', async () => {
    const series = [
      { pod: 'a', valueAt: noise(1) },
      { pod: 'b', valueAt: noise(2) },
    ]
    const { percentiles, asked } = await percentilesOf({ series, containers: [of(['a', 'b'])] })
    expect(percentiles).toEqual([expectedOf(series)])
    expect(asked).toHaveLength(2)
    for (const { window } of asked) expect((window.end - window.start) / window.stepSeconds).toBeLessThan(11_000)
    expect(answeredTimes(asked)).toHaveLength(16_129)
    expect(new Set(answeredTimes(asked)).size).toBe(16_129)
  })

  it('are the same however little a server answers at once, and however the history and the steps are', async () => {
    await assert(
      asyncProperty(
        integer({ min: 1, max: 120 }),
        integer({ min: 60, max: 600 }),
        integer({ min: 2, max: 3000 }),
        async (hours, stepSeconds, most) => {
          const series = [
            { pod: 'a', valueAt: noise(hours) },
            { pod: 'b', valueAt: noise(most) },
          ]
          const question = { series, containers: [of(['a', 'b'])], hours, stepMinutes: stepSeconds / 60, most }
          const { percentiles, asked } = await percentilesOf(question)
          expect(percentiles).toEqual([expectedOf(series, { hours, stepSeconds })])
          const times = answeredTimes(asked)
          expect(new Set(times).size).toBe(times.length)
        },
      ),
      { numRuns: 25 },
    )
  })

  it('end with the problem where not even one point is answered', async () => {
    const { answer, asked } = ask({
      series: [{ pod: 'a', valueAt: noise(1) }],
      containers: [of(['a'])],
      hours: 2,
      most: 0,
    })
    expect(await answer).toEqual(failed(TOO_MUCH))
    // Halved down to the first point, and no further: 97 points are 49, 25, … 1.
    expect(asked.length).toBeLessThan(12)
  })

  it('begin at whole minutes before the end, whatever the second of the scan, and take all of the history', async () => {
    const series = [{ pod: 'a', valueAt: noise(3) }]
    const { percentiles, asked } = await percentilesOf({ series, containers: [of(['a'])], hours: 25, at: AT + 59 })
    expect(asked.map(({ window }) => window)).toEqual([{ start: AT - 25 * HOUR, end: AT, stepSeconds: 75 }])
    expect(percentiles).toEqual([expectedOf(series, { hours: 25 })])
  })
})

describe('the job of a range', () => {
  const jobs = (names: readonly string[]) => names.map((job, index) => ({ pod: 'a', job, valueAt: () => index + 1 }))
  it.each([
    [['a-scraper', 'kubelet'], 2],
    [['kubelet', 'a-scraper'], 1],
    [['z-scraper', 'b-scraper'], 2],
    [['z-scraper', ''], 2],
  ])('is krr’s choice among %j', async (names, value) => {
    const { percentiles, readings } = await percentilesOf({ series: jobs(names), containers: [of(['a'])], hours: 30 })
    expect(percentiles).toEqual([[value, value]])
    expect(readings.of({ namespace: 'shop', container: 'app' }, 'a')).toMatchObject([{ job: names[value - 1], value }])
  })
})

describe('more points than a stock server answers', () => {
  const series = [{ pod: 'a', valueAt: noise(1) }]
  // 11,000 steps of 75 s.
  const longest = 825_000 / HOUR
  it('are not asked for at all in krr’s way, which gets no answer either', async () => {
    const question = { series, containers: [of(['a'])], longRanges: false }
    const over = await percentilesOf({ ...question, hours: longest + 75 / HOUR })
    expect([over.percentiles, over.asked, over.expected(), over.readings.size]).toEqual([[undefined], [], 0, 0])
    const just = await percentilesOf({ ...question, hours: longest })
    expect(just.percentiles).toEqual([expectedOf(series, { hours: longest })])
  })
})

describe('batches', () => {
  it('take as many queries as was foretold', async () => {
    const names = Array.from({ length: 40 }, (_, index) => `web-${index}`)
    const containers = [of(names.slice(0, 30), 'one'), of(names.slice(30), 'two'), of([], 'none')]
    const series = names.map((pod, index) => ({ pod, valueAt: noise(index) }))
    const { percentiles, asked, expected } = await percentilesOf({ series, containers })
    expect(asked).toHaveLength(expected())
    expect(percentiles).toEqual([expectedOf(series.slice(0, 30)), expectedOf(series.slice(30)), undefined])
    for (const { window } of asked) expect(timesOf(window).length * 30).toBeLessThanOrEqual(400_000)
  })

  it('are finished before others begin: a large cluster’s points are never here all at once', async () => {
    const pods = Array.from({ length: 30 }, (_, index) => [`p${index}-a`, `p${index}-b`])
    const series = pods.flat().map((pod, index) => ({ pod, valueAt: () => index }))
    // A budget of 400,000 points has room for twelve pods of two weeks.
    const containers = pods.map((each, index) =>
      of([...each, ...Array.from({ length: 18 }, (_, n) => `gone${index}-${n}`)], `w${index}`),
    )
    const { asked } = await percentilesOf({ series, containers })
    const last = new Map(asked.map(({ promql }, index) => [promql, index] as const))
    const first = new Map(asked.map(({ promql }, index) => [promql, index] as const).toReversed())
    const underWay = asked.map(
      (_, at) => [...first].filter(([promql, from]) => from <= at && at <= (last.get(promql) ?? 0)).length,
    )
    expect(first.size).toBe(30)
    expect(Math.max(...underWay)).toBeLessThanOrEqual(4)
  })
})
