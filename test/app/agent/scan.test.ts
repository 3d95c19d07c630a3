import { describe, expect, it } from 'vitest'
import { scanCluster, startScan } from '../../../src/app/agent/scan.ts'
import { ok, type Result } from '../../../src/model/result.ts'
import { problem } from '../../../src/model/problem.ts'
import { failed } from '../../../src/model/result.ts'
import type { Scan } from '../../../src/model/recommendation.ts'
import type { Sample } from '../../../src/ports/usage-reader.ts'
import type { ScanProgress } from '../../../src/recommender/scan-progress.ts'
import { valueOf } from '../../safety/support/value-of.ts'
import type { AppWorld } from '../support/app-world.ts'
import { EVERYTHING, scannableWorld, silence } from '../support/scannable-world.ts'

const recorded = async ({ journal }: AppWorld): Promise<readonly string[]> => [
  ...valueOf(await journal.state()).scans.keys(),
]
const CANCELLED = { ok: false, problem: { reason: 'cancelled' } }

describe('a scan', () => {
  it('is in the journal under the id that was known from its start', async () => {
    const world = scannableWorld()
    const started = valueOf(await startScan(EVERYTHING, world.ports))
    const done = valueOf(await started.done)
    expect(done.rows).toHaveLength(1)
    expect(await recorded(world)).toEqual([started.id])
    expect(done.id).toBe(started.id)
  })

  it('that fails leaves nothing in the journal, and ends with what was wrong', async () => {
    const gone = problem('prometheus_unreachable', 'gone', 'look')
    const world = scannableWorld((read) => ({
      ...read,
      usage: { ...read.usage, instant: () => Promise.resolve(failed({ ...gone, tooMuch: false })) },
    }))
    expect(await scanCluster(EVERYTHING, world.ports)).toMatchObject({ problem: { reason: 'prometheus_unreachable' } })
    expect(await recorded(world)).toEqual([])
  })

  it('asks nothing when a setting is wrong', async () => {
    const world = scannableWorld()
    const refuses = () => Promise.reject(new Error('connected'))
    const ports = { ...world.ports, cluster: refuses, usage: refuses }
    expect(await scanCluster({ ...EVERYTHING, settings: { cpuPercentile: 0 } }, ports)).toMatchObject({
      problem: { reason: 'bad_setting' },
    })
  })

  it('tells everyone who watches where it is, and nobody any more who has gone', async () => {
    const { ports } = scannableWorld()
    const [first, second]: [ScanProgress[], ScanProgress[]] = [[], []]
    const started = valueOf(await startScan({ ...EVERYTHING, progress: (where) => first.push(where) }, ports))
    started.watch((where) => second.push(where))()
    await started.done
    expect(first[0]).toEqual({ phase: 'cluster' })
    expect(first.at(-1)).toMatchObject({ phase: 'metrics' })
    expect(second).toEqual([])
  })
})

/** Each thing that a scan waits for, never answered. */
const SILENT: readonly [what: string, world: () => AppWorld][] = [
  ['the connection to the cluster', () => withPorts(scannableWorld(), { cluster: silence })],
  ['the discovery of Prometheus', () => withPorts(scannableWorld(), { usage: silence })],
  [
    'a list of the API server',
    () => scannableWorld((read) => ({ ...read, cluster: { ...read.cluster, workloads: silence } })),
  ],
  ['a query', () => scannableWorld((read) => ({ ...read, usage: { ...read.usage, instant: silence } }))],
]
const withPorts = (world: AppWorld, more: Partial<AppWorld['ports']>): AppWorld => ({
  ...world,
  ports: { ...world.ports, ...more },
})

describe('a scan that is stopped', () => {
  it.each(SILENT)('ends at once while it waits for %s, and is not recorded', async (_what, make) => {
    const world = make()
    const stop = new AbortController()
    const started = valueOf(await startScan({ ...EVERYTHING, signal: stop.signal }, world.ports))
    await new Promise((waited) => setTimeout(waited, 20))
    stop.abort()
    expect(await started.done).toMatchObject(CANCELLED)
    expect(await recorded(world)).toEqual([])
  })

  it.each(SILENT)('by its own handle ends as well while it waits for %s', async (_what, make) => {
    const world = make()
    const started = valueOf(await startScan(EVERYTHING, world.ports))
    started.stop()
    expect(await started.done).toMatchObject(CANCELLED)
  })

  it('is not recorded when its last answer comes after that', async () => {
    const answer = Promise.withResolvers<Result<readonly Sample[], never>>()
    let asked = 0
    const world = scannableWorld((read) => ({
      ...read,
      usage: {
        ...read.usage,
        instant: (promql, at) => {
          asked += 1
          return asked === 1 ? answer.promise : read.usage.instant(promql, at)
        },
      },
    }))
    const started = valueOf(await startScan(EVERYTHING, world.ports))
    await new Promise((waited) => setTimeout(waited, 20))
    started.stop()
    answer.resolve(ok([]))
    expect(await started.done).toMatchObject(CANCELLED)
    await new Promise((waited) => setTimeout(waited, 20))
    expect([await recorded(world), asked]).toEqual([[], 1])
  })
})

it('two scans at once have two ids', async () => {
  const world = scannableWorld()
  const [one, two] = await Promise.all([scanCluster(EVERYTHING, world.ports), scanCluster(EVERYTHING, world.ports)])
  const ids = [one, two].map((done: Result<Scan>) => valueOf(done).id)
  expect(new Set(ids).size).toBe(2)
  expect((await recorded(world)).toSorted()).toEqual(ids.toSorted())
})
