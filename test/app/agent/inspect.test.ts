import { describe, expect, it } from 'vitest'
import { historyOfRows, inspectRow } from '../../../src/app/agent/inspect.ts'
import type { Source } from '../../../src/model/cluster.ts'
import { problem } from '../../../src/model/problem.ts'
import type { Scan } from '../../../src/model/recommendation.ts'
import { failed, ok } from '../../../src/model/result.ts'
import type { UsageReader } from '../../../src/ports/usage-reader.ts'
import { CANCELLED } from '../../../src/recommender/usage-session.ts'
import { TOO_MUCH } from '../../recommender/support/metrics-over-time.ts'
import { sample, usageOf } from '../../recommender/support/stub-ports.ts'
import { rowOf, scanOf } from '../../safety/support/scan-of.ts'
import { appWorld } from '../support/app-world.ts'

const ROW = { ...rowOf(), pods: [{ name: 'web-1', deleted: false }] }
const POD = { namespace: 'shop', container: 'app', pod: 'web-1', job: 'kubelet' }
const madeWith = (origin: string, source: Source = 'live'): Scan => {
  const scan = scanOf([ROW], { source })
  return { ...scan, prometheus: { ...scan.prometheus, origin } }
}
const answers = {
  '"peak"': [sample(300, { ...POD, part: 'peak' }), sample(2, { ...POD, part: 'restarts' })],
  '"cpu_over_request"': [
    sample(100, { ...POD, part: 'cpu' }),
    sample(5, { ...POD, part: 'cpu_over_request' }),
    sample(100, { ...POD, part: 'memory' }),
  ],
}
/** The use-case's ports with these metrics, and how often somebody connected to them. */
function portsWith(usage: UsageReader) {
  const connected: string[] = []
  const { ports } = appWorld()
  return {
    connected,
    ports: { ...ports, usage: () => (connected.push(usage.origin), Promise.resolve(ok(usage))) },
  }
}

describe('a row is inspected', () => {
  it('with the metrics of its scan: what it lived through', async () => {
    const usage = usageOf(answers)
    const { ports } = portsWith(usage)
    expect(await inspectRow({ scan: madeWith('http://prometheus'), row: ROW, overTime: false }, ports)).toEqual(
      ok({ details: { rawPeakMemory: 300, throttledShare: null, oomKilled: 0, restarts: 2 } }),
    )
    expect(usage.asked).toHaveLength(1)
  })

  it('over time only where that was asked for', async () => {
    const usage = usageOf(answers)
    const { ports } = portsWith(usage)
    const found = await inspectRow({ scan: madeWith('http://prometheus'), row: ROW, overTime: true }, ports)
    expect(found).toMatchObject({
      ok: true,
      value: {
        history: { stepSeconds: 7200 },
        backtest: {
          cpuOverRequest: { over: 5, points: 100 },
          memoryOverRequest: { over: 0, points: 100 },
          memoryOverLimit: { over: 0, points: 100 },
        },
      },
    })
    expect(usage.asked).toHaveLength(4)
  })

  it('never with another server’s metrics: they would explain nothing', async () => {
    const usage = usageOf(answers)
    const { ports } = portsWith(usage)
    const scan = madeWith('https://prometheus.example')
    const refused = {
      ok: false,
      problem: {
        reason: 'other_prometheus',
        message: 'Scan s-7k3m was made with https://prometheus.example, and this is http://prometheus.',
      },
    }
    expect(await inspectRow({ scan, row: ROW, overTime: true }, ports)).toMatchObject(refused)
    expect(await historyOfRows(scan, [ROW], { ports })).toMatchObject(refused)
    expect(usage.asked).toEqual([])
  })

  it('never for a replay, whose cluster is not the one that is connected: nobody even connects', async () => {
    const usage = usageOf(answers)
    const { ports, connected } = portsWith(usage)
    const scan = madeWith('http://prometheus', 'replay')
    const refused = { ok: false, problem: { reason: 'not_in_recording' } }
    expect(await inspectRow({ scan, row: ROW, overTime: false }, ports)).toMatchObject(refused)
    expect(await historyOfRows(scan, [ROW], { ports })).toMatchObject(refused)
    expect([connected, usage.asked]).toEqual([[], []])
  })

  it('in a demo as in a cluster', async () => {
    const { ports } = portsWith(usageOf(answers))
    const scan = madeWith('http://prometheus', 'demo')
    expect(await inspectRow({ scan, row: ROW, overTime: false }, ports)).toMatchObject({ ok: true })
  })
})

describe('a row is not inspected', () => {
  const scan = madeWith('http://prometheus')
  it('where nothing connects', async () => {
    const down = failed(problem('prometheus_unreachable', 'down', ''))
    const ports = { ...appWorld().ports, usage: () => Promise.resolve(down) }
    expect(await inspectRow({ scan, row: ROW, overTime: false }, ports)).toEqual(down)
  })

  it.each(['"peak"', '"cpu_over_request"'])('where a question fails: %s', async (fragment) => {
    const { ports } = portsWith(usageOf({ [fragment]: TOO_MUCH, ...answers, [fragment]: TOO_MUCH }))
    expect(await inspectRow({ scan, row: ROW, overTime: true }, ports)).toEqual(failed(TOO_MUCH))
  })

  it('where its history is refused', async () => {
    const usage = { ...usageOf(answers), range: () => Promise.resolve(failed(TOO_MUCH)) }
    const { ports } = portsWith(usage)
    expect(await inspectRow({ scan, row: ROW, overTime: true }, ports)).toEqual(failed(TOO_MUCH))
    expect(await historyOfRows(scan, [ROW], { ports })).toEqual(failed(TOO_MUCH))
  })

  it('for somebody who no longer waits', async () => {
    const { ports } = portsWith(usageOf(answers))
    const signal = AbortSignal.abort()
    expect(await inspectRow({ scan, row: ROW, overTime: true, signal }, ports)).toEqual(failed(CANCELLED))
  })
})

describe('usage over time of many rows', () => {
  it('has one chart per row, with no more points than asked for', async () => {
    const { ports } = portsWith(usageOf(answers))
    const rows = [ROW, { ...ROW, row: 2 }]
    const charts = await historyOfRows(madeWith('http://prometheus'), rows, { ports, points: 24 })
    if (!charts.ok) throw new Error(charts.problem.message)
    expect([...charts.value.keys()]).toEqual([1, 2])
    for (const { cpu, memory } of charts.value.values()) {
      expect([cpu.length, memory.length]).toEqual([24, 24])
      expect(cpu.every((value) => value === null)).toBe(true)
    }
  })
})
