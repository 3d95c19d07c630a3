import { failed, ok } from '../../../src/model/result.ts'
import type { RangeSeries, RangeWindow, UsageProblem, UsageReader } from '../../../src/ports/usage-reader.ts'
import { unixSeconds } from '../../../src/model/time.ts'

/** A series of a pod's container, with a value for every second. */
export interface SeriesOverTime {
  readonly pod: string
  readonly job?: string
  readonly container?: string
  readonly valueAt: (seconds: number) => number
}
export const TOO_MUCH: UsageProblem = {
  reason: 'prometheus_refused',
  message: 'too many points',
  next: 'ask for less',
  tooMuch: true,
}

export interface Asked {
  readonly promql: string
  readonly window: RangeWindow
  /** Answered, or refused. */
  readonly answered: boolean
}

/** Answers ranges over some series as Prometheus does, and refuses those of more than `most` points in all. */
export function metricsOverTime(
  series: readonly SeriesOverTime[],
  most = Infinity,
): Pick<UsageReader, 'range'> & { readonly asked: readonly Asked[] } {
  const asked: Asked[] = []
  return {
    asked,
    async range(promql, window) {
      // As slow as any other server: what is asked at once is under way at once.
      await new Promise((done) => setImmediate(done))
      const wanted = series.filter(({ pod, container }) => isNamed(promql, pod) && isNamed(promql, container ?? 'app'))
      const times = timesOf(window)
      const answered = times.length * wanted.length <= most
      asked.push({ promql, window, answered })
      return answered ? ok(wanted.map((each) => pointsOf(each, times))) : failed(TOO_MUCH)
    },
  }
}

export function timesOf({ start, end, stepSeconds }: RangeWindow): readonly number[] {
  const times: number[] = []
  for (let at: number = start; at <= end; at += stepSeconds) times.push(at)
  return times
}

const isNamed = (promql: string, name: string): boolean => new RegExp(`["|]${name}["|]`).test(promql)

const pointsOf = (
  { pod, job = 'kubelet', container = 'app', valueAt }: SeriesOverTime,
  times: readonly number[],
): RangeSeries => ({
  labels: { namespace: 'shop', container, pod, job },
  points: times.map((at) => [unixSeconds(at), valueAt(at)] as const),
})
