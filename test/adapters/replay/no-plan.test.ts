import { expect, it } from 'vitest'
import { openReplay } from '../../../src/adapters/replay/open-replay.ts'
import { makePlan } from '../../../src/safety/plan/make-plan.ts'
import { valueOf } from '../../recommender/support/scan-world.ts'
import { request } from '../../recommender/support/stub-ports.ts'
import { liveObject } from '../../safety/support/live-object.ts'
import { memoryCluster } from '../../safety/support/memory-cluster.ts'
import { FINGERPRINT } from '../../safety/support/scan-of.ts'
import { wishOf } from '../../safety/support/wish-of.ts'
import { replayScan } from './support/replay-scan.ts'
import { recordScan, rewrite, smallPorts } from './support/small-scan.ts'

const onThisCluster = request({ cluster: { name: 'test', source: 'live', fingerprint: FINGERPRINT } })
const planFrom = async (scan: Parameters<typeof wishOf>[0]) => {
  const cluster = memoryCluster([liveObject({ uid: 'uid-web' })])
  return { cluster, plan: await makePlan(wishOf(scan), cluster.ports) }
}

it('a replay leads to no plan, also of the cluster that it was recorded on, and asks that cluster nothing', async () => {
  const { file, live } = await recordScan(smallPorts(), onThisCluster)
  // The very same numbers can be planned where they come from the cluster itself.
  expect((await planFrom(valueOf(live))).plan).toMatchObject({ ok: true, value: { plan: { steps: [{}] } } })
  const { plan, cluster } = await planFrom(valueOf(await replayScan(file)))
  expect(plan).toMatchObject({
    ok: false,
    problem: { reason: 'scan_not_plannable', message: 'Scan s-test is a replay of recorded data.' },
  })
  expect(cluster.asked).toEqual([])
})

it.each(['live', 'demo'])('a recording cannot say that it is %s', async (source) => {
  const { file } = await recordScan(smallPorts(), onThisCluster)
  rewrite(file, ([header, ...lines]) => [
    { ...header, source, cluster: { ...(header?.['cluster'] as object), source } },
    ...lines,
  ])
  expect(valueOf(await openReplay(file)).cluster.source).toBe('replay')
  expect((await planFrom(valueOf(await replayScan(file)))).plan).toMatchObject({
    problem: { reason: 'scan_not_plannable' },
  })
})

it('a replay has no way to read objects or to try a change', async () => {
  const { file } = await recordScan(smallPorts(), onThisCluster)
  const { ports } = valueOf(await openReplay(file))
  expect(Object.keys(ports)).toEqual(['cluster', 'usage'])
  expect(Object.keys(ports.cluster)).toEqual(['fingerprint', 'workloads', 'autoscalers', 'pods'])
})
