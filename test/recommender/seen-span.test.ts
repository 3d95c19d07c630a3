import { describe, expect, it } from 'vitest'
import { readingTable } from '../../src/recommender/usage/reading-table.ts'
import { seenSpan } from '../../src/recommender/usage/seen-span.ts'

const APP = { namespace: 'shop', container: 'app' }
const HOUR = 3600
interface Seen {
  /** In hours. */
  readonly from: number
  readonly to: number
  readonly steps: number
  /** Samples of the last quarter of an hour. */
  readonly recent?: number
  readonly job?: string
}
/** Looked at every hour. */
function span(pods: Readonly<Record<string, Seen | readonly Seen[]>>) {
  const table = (of: (seen: Seen) => number | undefined) =>
    readingTable(
      Object.entries(pods).flatMap(([pod, seen]) =>
        [seen].flat().flatMap((each) => {
          const value = of(each)
          return value === undefined ? [] : [{ ...APP, pod, job: each.job ?? 'kubelet', value }]
        }),
      ),
    )
  return seenSpan(
    { container: APP, pods: Object.keys(pods) },
    {
      first: table(({ from }) => from * HOUR),
      last: table(({ to }) => to * HOUR),
      steps: table(({ steps }) => steps),
      recent: table(({ recent }) => recent),
      stepSeconds: HOUR,
    },
  )
}
const covered = (pods: Parameters<typeof span>[0]): number => Number(span(pods)?.covered.toFixed(3))

describe('when a container was seen', () => {
  it('is nothing where no pod was', () => {
    expect(span({})).toBeUndefined()
    expect(
      seenSpan(
        { container: APP, pods: ['a'] },
        {
          first: readingTable([]),
          last: readingTable([]),
          steps: readingTable([]),
          recent: readingTable([]),
          stepSeconds: HOUR,
        },
      ),
    ).toBeUndefined()
  })

  it('is from the first sample of the first pod to the last of the last', () => {
    const seen = span({ a: { from: 0, to: 10, steps: 11 }, b: { from: 5, to: 20, steps: 16, recent: 30 } })
    expect(seen).toEqual({ from: 0, to: 20 * HOUR, covered: 1, scrapeSeconds: 30 })
  })

  it('is by the job that krr takes, as the numbers are', () => {
    const jobs = [
      { from: 0, to: 10, steps: 11, job: 'a-scraper' },
      { from: 5, to: 10, steps: 6, job: 'kubelet' },
    ]
    expect(span({ a: jobs })).toMatchObject({ from: 5 * HOUR, covered: 1 })
  })
})

describe('how much of that was covered', () => {
  it('is the share of steps with a sample', () => {
    expect(covered({ a: { from: 0, to: 99, steps: 90 } })).toBe(0.9)
    expect(covered({ a: { from: 0, to: 0, steps: 1 } })).toBe(1)
  })

  it('is all of it for pods one after the other', () => {
    expect(covered({ a: { from: 0, to: 49, steps: 50 }, b: { from: 50, to: 99, steps: 50 } })).toBe(1)
  })

  it('has the time between two pods as a gap', () => {
    expect(covered({ a: { from: 0, to: 24, steps: 25 }, b: { from: 75, to: 99, steps: 25 } })).toBe(0.5)
  })

  it('is not made up for by pods side by side: a server that was down saw none of them', () => {
    const half = { from: 0, to: 99, steps: 50 }
    expect(covered({ a: half, b: half, c: half })).toBe(0.5)
  })

  it('counts a step for the pod that was seen best', () => {
    expect(covered({ a: { from: 0, to: 99, steps: 20 }, b: { from: 50, to: 99, steps: 50 } })).toBe(0.6)
  })

  it('is never more than all', () => {
    expect(covered({ a: { from: 0, to: 9, steps: 12 } })).toBe(1)
  })
})

describe('the time between two samples', () => {
  it('is that of the pod with most of them, and unknown from one', () => {
    const at = (recent: number | undefined) =>
      span({
        a: { from: 0, to: 1, steps: 2, ...(recent === undefined ? {} : { recent }) },
        b: { from: 0, to: 1, steps: 2, recent: 1 },
      })?.scrapeSeconds
    expect([undefined, 1, 2, 15, 60].map(at)).toEqual([null, null, 450, 60, 15])
  })
})
