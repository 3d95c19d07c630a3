import { expect, it } from 'vitest'
import type { Scan } from '../../../src/model/recommendation.ts'
import { containerPath } from '../../../src/model/workload.ts'
import { krrJson } from '../../../src/surfaces/render/krr-json.ts'
import { describeKrrOnGolden } from '../../adapters/krr-cli/support/describe-krr.ts'
import { differingFields } from '../support/differing-fields.ts'
import { type GoldenScan, goldenScans, requestOf } from '../support/golden-scans.ts'
import { scanWorld } from '../support/scan-world.ts'
import { scanWorldWithKrr } from './support/scan-world-with-krr.ts'

const TIMEOUT = 180_000

const named = (world: string, name: string): GoldenScan => {
  const found = goldenScans(world).find((each) => each.name === name)
  if (!found) throw new Error(`no ${name} in ${world}`)
  return found
}
/** The rows, the summary and the errors as krr's JSON has them; the score depends on the Python that krr runs on. */
function comparable(scan: Scan): unknown {
  const { scans, errors, clusterSummary } = krrJson(scan)
  const rows = scans.map((each) => ({ ...each, object: { ...each.object, cluster: null } }))
  return JSON.parse(JSON.stringify({ scans: rows, errors, clusterSummary }))
}
function golden(world: string, name: string, { prometheus }: Scan): unknown {
  const { scans, errors, clusterSummary } = named(
    prometheus.closedRanges ? world : `${world}-prometheus-3`,
    name,
  ).result
  return { scans, errors, clusterSummary }
}

for (const world of ['two-days', 'fortnight'] as const) {
  describeKrrOnGolden({ world, seed: 1 }, (command, running) => {
    it.each(goldenScans(world).map(({ name }) => name))(
      'an installed krr says what krr said, when it is pinned to the same time: %s',
      { timeout: TIMEOUT },
      async (name) => {
        const scan = await scanWorldWithKrr(running(), requestOf(named(world, name)), { command })
        expect(scan.rows).toHaveLength(named(world, name).result.scans.length)
        expect(differingFields(comparable(scan), golden(world, name, scan))).toEqual([])
        expect(scan.engine.name).toBe('krr')
        expect(scan.notes.filter((note) => note.includes('failed'))).toEqual([])
      },
    )
  })
}

describeKrrOnGolden({ world: 'two-days', seed: 1 }, (command, running) => {
  const simple = requestOf(named('two-days', 'simple-48h'))

  it('says which container krr left out without a word', { timeout: TIMEOUT }, async () => {
    const scan = await scanWorldWithKrr(running(), simple, { command })
    expect(scan.withheld.map(({ container, reason }) => [containerPath(container), reason])).toEqual([
      ['deployment/infinite-memory/main', 'krr left it out without a word'],
    ])
  })

  it('is tied to the cluster as a scan of our own is, and looks at the same rows', { timeout: TIMEOUT }, async () => {
    const [theirs, ours] = [await scanWorldWithKrr(running(), simple, { command }), await scanWorld(running(), simple)]
    expect(theirs.binding).toEqual(ours.binding)
    expect(theirs.rows.map(({ row, container }) => [row, container])).toEqual(
      ours.rows.map(({ row, container }) => [row, container]),
    )
  })
})
