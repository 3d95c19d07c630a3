import { expect, it } from 'vitest'
import type { PodEvidence, ResourceEvidence, ScanRow } from '../../src/model/recommendation.ts'
import { describeGolden } from '../harness/describe-golden.ts'
import { simpleWith } from './support/chosen.ts'
import { type KrrAsks, type KrrSees, krrWay } from './support/krr-way.ts'
import { scanWorld } from './support/scan-world.ts'

const LITERALS = { owners: '2d', duration: '2d', step: '75s', quantile: '0.95' }
const EVERYTHING = { namespaces: [], kinds: [] }

/** What our row must say, from what krr's own queries said about it. */
function expectSame(row: ScanRow, krr: KrrSees): void {
  const values = (pods: readonly PodEvidence[]) => Object.fromEntries(pods.map(({ pod, value }) => [pod, value]))
  const finite = (all: Readonly<Record<string, string>>) =>
    Object.fromEntries(
      Object.entries(all).flatMap(([pod, text]) => (Number.isFinite(Number(text)) ? [[pod, Number(text)]] : [])),
    )
  const name = `${row.container.namespace} ${row.container.name}`
  expect([name, row.pods]).toEqual([name, krr.pods])
  expect([name, values(row.evidence.cpu.perPod)]).toEqual([name, finite(krr.cpu)])
  expect([name, values(row.evidence.memory.perPod)]).toEqual([name, finite(krr.memory)])
  expectPoints(row.evidence.cpu, krr.cpuPoints)
  expectPoints(row.evidence.memory, krr.memoryPoints)
}
/** A count over the whole window is krr's; over a shorter one it is a lower bound that is high enough. */
function expectPoints({ points, windowSeconds, perPod }: ResourceEvidence, krr: number): void {
  if (perPod.length === 0) return
  if (points.windowSeconds === windowSeconds) expect(points.counted).toBe(krr)
  else expect([points.counted >= points.required, points.counted <= krr]).toEqual([true, true])
}

for (const [world, seed, settings, literals] of [
  ['two-days', 2, { historyHours: 48 }, LITERALS],
  [
    'two-days',
    3,
    { historyHours: 24, cpuPercentile: 62.5, timeframeMinutes: 1.375, pointsRequired: 300 },
    { owners: '24h', duration: '1440m', step: '82s', quantile: '0.62' },
  ],
  ['fortnight', 2, {}, { owners: '14d', duration: '14d', step: '75s', quantile: '0.95' }],
] as const) {
  describeGolden({ world, seed }, (running) => {
    it("sees what krr's own queries see, container by container", async () => {
      const scan = await scanWorld(running(), { chosen: simpleWith(settings), scope: EVERYTHING })
      const asks: KrrAsks = { url: running().prometheusUrl, at: running().evaluatedAt, ...literals }
      for (const row of scan.rows) expectSame(row, await krrWay(asks, row))
      // Native sidecars are rows of ours; krr does not list them, though its queries say the same about them.
      const [sidecars, krrs] = [true, false].map((ours) =>
        scan.rows.filter(({ container }) => (container.sidecar === true) === ours),
      )
      expect([sidecars?.length, krrs?.length]).toEqual(world === 'two-days' ? [1, 47] : [0, 9])
    })
  })
}
