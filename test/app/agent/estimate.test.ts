import { expect, it } from 'vitest'
import { estimate } from '../../../src/app/agent/estimate.ts'
import { scanCluster } from '../../../src/app/agent/scan.ts'
import type { AppPorts } from '../../../src/app/common/app-ports.ts'
import { problem } from '../../../src/model/problem.ts'
import { failed, ok } from '../../../src/model/result.ts'
import { unixSeconds } from '../../../src/model/time.ts'
import type { UsageReader } from '../../../src/ports/usage-reader.ts'
import { container } from '../../recommender/support/observed.ts'
import { clusterOf, sample, usageOf } from '../../recommender/support/stub-ports.ts'
import { valueOf } from '../../safety/support/value-of.ts'
import { appWorld } from '../support/app-world.ts'

const POD = { namespace: 'shop', container: 'app', pod: 'web-0', job: 'kubelet' }
const answers = {
  'count_over_time(vector': [sample(2, { part: 'probe' })],
  kube_pod_owner: [sample(1, { namespace: 'shop', owner_kind: 'StatefulSet', owner_name: 'web', pod: 'web-0' })],
  quantile_over_time: [sample(1, POD)],
  max_over_time: [sample(1, POD)],
  count_over_time: ['cpu', 'memory'].map((part) => sample(400, { ...POD, part })),
}
const SCOPE = { namespaces: [], kinds: [] }

function worldWith() {
  const { ports, journal } = appWorld()
  const connected: string[] = []
  const stub = usageOf(answers)
  const times: number[] = []
  const usage: UsageReader = {
    ...stub,
    instant: (promql, at, signal) => (times.push(at), stub.instant(promql, at, signal)),
  }
  const reader = clusterOf([container({ kind: 'StatefulSet' })])
  const cluster: AppPorts['cluster'] = async () => {
    connected.push('cluster')
    const access = await ports.cluster()
    return access.ok ? ok({ ...access.value, reader: { ...access.value.reader, ...reader } }) : access
  }
  return {
    ports: { ...ports, cluster, usage: () => (connected.push('usage'), Promise.resolve(ok(usage))) },
    journal,
    connected,
    asked: stub.asked,
    times,
  }
}

it('says what a scan would cost, which asks that much, and leaves no trace in the journal', async () => {
  const { ports, journal, asked } = worldWith()
  const estimated = await estimate({ scope: SCOPE, settings: {} }, ports)
  const before = asked.length
  expect(estimated).toEqual(
    ok({
      cluster: 'production',
      source: 'live',
      origin: 'http://prometheus',
      workloads: 1,
      containers: 1,
      pods: 1,
      queries: 3,
      // Two weeks every 75 s, of CPU and of memory. The pod does not run any more.
      points: Math.round(2 * 16_128 * 0.3),
      largestQuery: Math.round(16_128 * 0.3),
    }),
  )
  expect(before).toBe(2)
  expect(valueOf(await journal.state()).scans.size).toBe(0)
  const done = await scanCluster({ scope: SCOPE, settings: {} }, ports)
  expect(done.ok && done.value.prometheus.queries).toBe(3)
})

it('asks as of the time that a scan would ask as of', async () => {
  const { ports, times } = worldWith()
  await estimate({ scope: SCOPE, settings: {} }, ports)
  const settled = Math.floor((ports.clock.now().wall / 1000 - 30) / 60) * 60
  expect(new Set(times)).toEqual(new Set([settled]))
  times.length = 0
  await estimate({ scope: SCOPE, settings: {}, at: unixSeconds(1_000_000) }, ports)
  expect(new Set(times)).toEqual(new Set([1_000_000]))
})

it('ends at a slip in a setting, before anything is connected to', async () => {
  const { ports, connected } = worldWith()
  expect(await estimate({ scope: SCOPE, settings: { cpuPercentile: 0 } }, ports)).toMatchObject({
    ok: false,
    problem: { reason: 'bad_setting' },
  })
  expect(connected).toEqual([])
})

it('ends with the problem of whatever cannot be reached, and when it is called off', async () => {
  const { ports } = worldWith()
  const down = failed(problem('api_unreachable', 'down', ''))
  const gone = () => Promise.resolve(down)
  expect(await estimate({ scope: SCOPE, settings: {} }, { ...ports, cluster: gone })).toEqual(down)
  expect(await estimate({ scope: SCOPE, settings: {} }, { ...ports, usage: gone })).toEqual(down)
  const cancelled = await estimate({ scope: SCOPE, settings: {}, signal: AbortSignal.abort() }, ports)
  expect(cancelled).toMatchObject({ ok: false, problem: { reason: 'cancelled' } })
})
