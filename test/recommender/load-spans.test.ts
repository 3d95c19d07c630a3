import { describe, expect, it } from 'vitest'
import { metricWindow } from '../../src/recommender/metric-window.ts'
import { loadLight } from '../../src/recommender/usage/load-light.ts'
import { loadSpans } from '../../src/recommender/usage/load-spans.ts'
import { planShards } from '../../src/recommender/usage/plan-shards.ts'
import { usageLoad } from '../../src/recommender/usage/usage-load.ts'
import { usageSession } from '../../src/recommender/usage-session.ts'
import { AT, sample, usageOf } from './support/stub-ports.ts'

const WINDOW = metricWindow(336, 1.25)
/** Looks in two weeks, every four hours. */
const ALL = 84
const POD = { namespace: 'shop', container: 'app', pod: 'web-1', job: 'kubelet' }
const LIGHT = 'label_replace(max by (namespace, container, pod, job) (count_over_time'
const CLOSER = 'min_over_time((time()'

async function spansOf(answers: Parameters<typeof usageOf>[0]) {
  const usage = usageOf(answers)
  const pods = [{ namespace: 'shop', pod: 'web-1', containers: ['app'], points: 16_128 }]
  const load = usageLoad({
    session: usageSession(usage, AT, { concurrency: 1 }),
    needs: {
      window: WINDOW,
      cpu: { kind: 'quantile', literal: '0.95' },
      oomLimits: false,
      throttling: false,
      pointsRequired: 100,
    },
    containers: [],
    pods,
    shards: planShards([{ namespace: 'shop', pods, others: 0 }], 5_000_000),
    budget: 5_000_000,
    longRanges: true,
  })
  const light = await loadLight(load, WINDOW)
  if (!light.ok) throw new Error(light.problem.message)
  const spans = await loadSpans(load, light.value)
  if (!spans.ok) throw new Error(spans.problem.message)
  const value = (part: 'first' | 'last' | 'steps'): number | undefined => spans.value[part].of(POD, 'web-1')[0]?.value
  return { asked: usage.asked.length, first: value('first'), last: value('last'), steps: value('steps') }
}

const light = (looks: number, recent = 30) => [
  sample(looks, { ...POD, part: 'looks' }),
  ...(recent === 0 ? [] : [sample(recent, { ...POD, part: 'recent' })]),
]

describe('when a container was seen', () => {
  it('is the whole window where it was there at every look and is now, without another question', async () => {
    expect(await spansOf({ [LIGHT]: light(ALL) })).toEqual({
      asked: 1,
      first: AT - WINDOW.seconds,
      last: AT,
      steps: ALL,
    })
  })

  it('is asked more closely where a look is missing', async () => {
    const closer = [sample(AT - 5000, { ...POD, part: 'first' }), sample(AT - 200, { ...POD, part: 'last' })]
    expect(await spansOf({ [CLOSER]: [...closer, sample(7, { ...POD, part: 'looks' })], [LIGHT]: light(83) })).toEqual({
      asked: 2,
      first: AT - 5000,
      last: AT - 200,
      steps: 7,
    })
  })

  it('is asked more closely where it is not scraped any more, though no look is missing', async () => {
    const closer = [sample(AT - 90_000, { ...POD, part: 'first' }), sample(AT - 3600, { ...POD, part: 'last' })]
    expect(await spansOf({ [CLOSER]: closer, [LIGHT]: light(ALL, 0) })).toMatchObject({ asked: 2, last: AT - 3600 })
  })

  it('reaches until the scan where there is a sample as of it', async () => {
    const closer = ['first', 'last', 'now'].map((part) => sample(AT - 4000, { ...POD, part }))
    expect(await spansOf({ [CLOSER]: closer, [LIGHT]: light(3, 0) })).toMatchObject({ first: AT - 4000, last: AT })
  })

  it('is unknown where it never was', async () => {
    expect(await spansOf({})).toEqual({ asked: 1, first: undefined, last: undefined, steps: undefined })
  })
})
