import type { Timing } from './time-start.ts'

export interface Row {
  readonly form: string
  readonly era: string
  readonly medianMillis: number
  readonly leastMillis: number
  /** The median against bare Node's, in the same run. */
  readonly timesBare: number
  /** The same of the processor's time, of all threads: to be looked at when others used the machine. */
  readonly cpuTimesBare: number
  /** The most that any start held, in 10^6 bytes. */
  readonly peakMegabytes: number
}
export interface Target {
  readonly name: string
  readonly reached: boolean
  /** A prize is not asked for: missing it is no failure. */
  readonly prize: boolean
}

export const PUBLISHED = 'published'
const MOST_TIMES = 3.5
const PRIZE_TIMES = 3
const MOST_MEGABYTES = 80

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1] ?? NaN
const millis = (timings: readonly Timing[]): number[] => timings.map((each) => each.millis)
const cpu = (timings: readonly Timing[]): number => median(timings.map((each) => each.cpuMillis))

/** One row for a form in one era. */
export function rowOf(
  [form, era]: readonly [string, string],
  timings: readonly Timing[],
  bare: readonly Timing[],
): Row {
  return {
    form,
    era,
    medianMillis: median(millis(timings)),
    leastMillis: Math.min(...millis(timings)),
    timesBare: median(millis(timings)) / median(millis(bare)),
    cpuTimesBare: cpu(timings) / cpu(bare),
    peakMegabytes: Math.max(...timings.map(({ peakBytes }) => peakBytes)) / 1e6,
  }
}

/** What the published form must keep, in the era in which it is worse, with its compiled code kept and without. */
export function targetsOf(rows: readonly Row[]): readonly Target[] {
  const published = rows.filter(({ form }) => form.startsWith(PUBLISHED))
  const times = Math.max(...published.map((row) => row.timesBare))
  const megabytes = Math.max(...published.map((row) => row.peakMegabytes))
  return [
    { name: `at most ${MOST_TIMES} times bare Node`, reached: times <= MOST_TIMES, prize: false },
    { name: `at most ${MOST_MEGABYTES} MB`, reached: megabytes <= MOST_MEGABYTES, prize: false },
    { name: `at most ${PRIZE_TIMES} times bare Node`, reached: times <= PRIZE_TIMES, prize: true },
  ]
}

/** For a person. */
export function tableOf(rows: readonly Row[], targets: readonly Target[]): string {
  const cells = rows.map((row) => [
    row.form.padEnd(24),
    row.era.padEnd(10),
    `${row.medianMillis.toFixed(0)} ms`.padStart(8),
    `${row.leastMillis.toFixed(0)} ms`.padStart(8),
    `${row.timesBare.toFixed(2)}x`.padStart(8),
    `${row.cpuTimesBare.toFixed(2)}x`.padStart(8),
    `${row.peakMegabytes.toFixed(1)} MB`.padStart(9),
  ])
  const head = ['form'.padEnd(24), 'era'.padEnd(10), '  median', '   least', '  x bare', '   x CPU', ' peak RSS']
  const words = targets.map(
    ({ name, reached, prize }) => `${reached ? 'pass' : 'FAIL'}  ${name}${prize ? ' (prize)' : ''}`,
  )
  return [head, ...cells].map((line) => line.join('  ')).join('\n') + `\n\n${words.join('\n')}\n`
}
