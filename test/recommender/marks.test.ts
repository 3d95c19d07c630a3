import { describe, expect, it } from 'vitest'
import type { ObservedContainer } from '../../src/model/observation.ts'
import type { SeenSpan } from '../../src/model/recommendation.ts'
import { ok } from '../../src/model/result.ts'
import { unixSeconds } from '../../src/model/time.ts'
import type { WorkloadKind } from '../../src/model/workload.ts'
import type { PodsOfContainer } from '../../src/recommender/discovery/pods-of-container.ts'
import { metricWindow } from '../../src/recommender/metric-window.ts'
import { observeCluster, type ObservedCluster } from '../../src/recommender/observe-cluster.ts'
import { dataMarks } from '../../src/recommender/row/data-marks.ts'
import { scanMarks } from '../../src/recommender/row/scan-marks.ts'
import { usageAware } from '../../src/recommender/strategies/usage-aware.ts'
import type { ContainerUsage } from '../../src/recommender/usage/container-usage.ts'
import { awareSettings } from './support/chosen.ts'
import { autoscaler, container, usage } from './support/observed.ts'
import { AT, clusterOf } from './support/stub-ports.ts'

const HOUR = 3600
/** Two weeks, looked at every hour: a twentieth of it is 16.8 h. */
const needs = usageAware.needs(awareSettings())
const looked = { needs, at: AT }
const found = (more: Partial<ObservedContainer> = {}, pods = [{ name: 'web-1', deleted: false }]): PodsOfContainer => ({
  container: container(more),
  pods,
  fromApi: false,
})
const healthy: SeenSpan = {
  from: unixSeconds(AT - 336 * HOUR),
  to: unixSeconds(AT),
  covered: 1,
  scrapeSeconds: 30,
}
const used = (seen: Partial<SeenSpan> = {}, more: Partial<ContainerUsage> = {}): ContainerUsage =>
  usage({ 'web-1': { cpu: 1, memory: 1 } }, { seen: { ...healthy, ...seen }, ...more })
const marksOf = (seen: Partial<SeenSpan>, of = found()) => dataMarks(of, used(seen), looked).map(({ kind }) => kind)
const before = (seconds: number) => unixSeconds(AT - seconds)

describe('what the data is worth', () => {
  it('needs no mark where it is whole, dense and fresh, or where nothing was seen', () => {
    expect(dataMarks(found(), used(), looked)).toEqual([])
    expect(dataMarks(found(), usage({}), looked)).toEqual([])
  })

  it('is a short history from a twentieth of the window on', () => {
    expect(marksOf({ from: before(336 * HOUR - 60_480) })).toEqual([])
    expect(marksOf({ from: before(336 * HOUR - 60_481) })).toEqual(['short_history'])
  })

  it('is a short history by no less than two looks, where looks are rare', () => {
    const hourly = { ...needs, window: metricWindow(24, 60) }
    const at = (missing: number) =>
      dataMarks(found(), used({ from: before(24 * HOUR - missing) }), { needs: hourly, at: AT }).map(({ kind }) => kind)
    expect([at(7200), at(7201)]).toEqual([[], ['short_history']])
  })

  it('says how much there is, and since when', () => {
    const [mark] = dataMarks(found(), used({ from: before(50 * HOUR) }), looked)
    expect(mark?.text).toMatch(/^The data begins 20\S+Z: 50 h instead of 14 d\./)
  })

  it('has gaps below nine in ten', () => {
    expect(marksOf({ covered: 0.9 })).toEqual([])
    expect(marksOf({ covered: 0.8999 })).toEqual(['gaps'])
  })

  it.each<[WorkloadKind, readonly string[]]>([
    ['Job', []],
    ['CronJob', []],
    ['GroupedJob', []],
    ['StatefulSet', ['gaps']],
  ])('is nothing between the runs of a %s', (kind, kinds) => {
    expect(marksOf({ covered: 0.1 }, found({ kind, container: 'app' }))).toEqual(kinds)
  })

  it('is sparse where two samples do not fit into a step', () => {
    expect(marksOf({ scrapeSeconds: 37 })).toEqual([])
    expect(marksOf({ scrapeSeconds: 38 })).toEqual(['sparse_scrapes'])
    expect(marksOf({ scrapeSeconds: null })).toEqual([])
    const [mark] = dataMarks(found(), used({ scrapeSeconds: 60 }), looked)
    // Two and a half samples of a minute each.
    expect(mark?.text).toContain('--timeframe_duration 3')
  })

  it('is old where a pod runs and has no sample as of the scan', () => {
    expect(marksOf({ to: before(0) })).toEqual([])
    expect(marksOf({ to: before(1) })).toEqual(['old_data'])
    expect(marksOf({ to: before(1) }, found({}, [{ name: 'web-1', deleted: true }]))).toEqual([])
    expect(marksOf({ to: before(1) }, found({}, []))).toEqual([])
  })

  it('is doubtful where series are there twice, or per CPU', () => {
    const kinds = (more: Partial<ContainerUsage>) => dataMarks(found(), used({}, more), looked).map(({ kind }) => kind)
    expect(kinds({ duplicates: true })).toEqual(['duplicate_series'])
    expect(kinds({ perCpu: true })).toEqual(['per_cpu_series'])
  })
})

describe('what to know of a row beside its data', () => {
  const observed = async (cluster: Parameters<typeof clusterOf>[1], selector?: string): Promise<ObservedCluster> => {
    const scope = { namespaces: [], kinds: [], ...(selector === undefined ? {} : { selector }) }
    const result = await observeCluster(clusterOf([container()], cluster), scope)
    if (!result.ok) throw new Error(result.problem.message)
    return result.value
  }
  const scalers = (more: Parameters<typeof autoscaler>[0], hiddenBy?: string) =>
    observed(
      {
        autoscalers: ({ selector }) =>
          Promise.resolve(ok(selector !== undefined && selector === hiddenBy ? [] : [autoscaler(more)])),
      },
      hiddenBy,
    )
  const kindsOf = (of: readonly PodsOfContainer[], cluster: ObservedCluster) => {
    const marks = scanMarks(of, cluster, looked)
    return of.map((each) => marks(each, used()).map(({ kind }) => kind))
  }

  it('is nothing without an autoscaler, or with one that krr considers', async () => {
    expect(kindsOf([found()], await observed({}))).toEqual([[]])
    expect(kindsOf([found()], await scalers({ cpuUtilization: 80 }))).toEqual([[]])
    expect(kindsOf([found()], await scalers({ memoryUtilization: 80 }))).toEqual([[]])
    expect(kindsOf([found({ name: 'other' })], await scalers({}))).toEqual([[]])
  })

  it('is an autoscaler that steers by something else, or that the selector hides', async () => {
    expect(kindsOf([found()], await scalers({}))).toEqual([['autoscaler_not_considered']])
    const hidden = await scalers({ cpuUtilization: 80 }, 'app=web')
    expect(kindsOf([found()], hidden)).toEqual([['autoscaler_not_considered']])
    expect(scanMarks([found()], hidden, looked)(found(), used())[0]?.text).toContain('label selector hides it')
  })

  it('is another workload with the very same pods, on both of them', async () => {
    const rollout = found({ kind: 'Rollout', uid: 'uid-rollout' })
    const sibling = found({ container: 'sidecar' })
    const elsewhere = found({ namespace: 'other', uid: 'uid-other' })
    const alone = found({ name: 'alone', uid: 'uid-alone' }, [{ name: 'alone-1', deleted: false }])
    const none = [found({ uid: 'uid-1' }, []), found({ uid: 'uid-2' }, [])]
    const all = [found(), rollout, sibling, elsewhere, alone, ...none]
    expect(kindsOf(all, await observed({}))).toEqual([['listed_twice'], ['listed_twice'], [], [], [], [], []])
    const marks = scanMarks(all, await observed({}), looked)
    expect(marks(rollout, used())[0]?.text).toMatch(/^deployment\/web has the same pods/)
  })
})
