import { expect, it } from 'vitest'
import type { Scan } from '../../src/model/recommendation.ts'
import { krrJson } from '../../src/surfaces/render/krr-json.ts'
import { describeGolden } from '../harness/describe-golden.ts'
import { countFields, differingFields } from './support/differing-fields.ts'
import { goldenScans, requestOf } from './support/golden-scans.ts'
import { scanWorld } from './support/scan-world.ts'

/** What we want to be different from krr, one reason each. */
const WITHHELD: Readonly<Record<string, string>> = {
  'team-b/Deployment/infinite-memory/main':
    'krr drops an object with an infinite value silently; ours is withheld, with the reason',
}

const comparable = (scan: Scan): unknown => {
  const { config: _, scans, ...rest } = krrJson(scan)
  return { ...rest, scans: scans.map((each) => ({ ...each, object: { ...each.object, cluster: null } })) }
}
/** Compared as JSON text reads: what cannot be written is no equality. */
const differences = (scan: Scan, golden: unknown): readonly string[] =>
  differingFields(JSON.parse(JSON.stringify(comparable(scan))), golden)

for (const world of ['two-days', 'fortnight'] as const) {
  describeGolden({ world, seed: 1 }, (at) => {
    for (const golden of goldenScans(world)) {
      const request = requestOf(golden)
      if (request === undefined) continue
      it(`gives every number of krr's ${golden.name}`, async () => {
        const scan = await scanWorld(at(), request)
        const folder = scan.prometheus.closedRanges ? world : `${world}-prometheus-3`
        const krr = goldenScans(folder).find(({ name }) => name === golden.name)
        expect(krr).toBeDefined()
        console.log(golden.name, scan.rows.length, scan.prometheus.queries, countFields(krr!.result))
        expect(differences(scan, krr!.result)).toEqual([])
      })
    }
  })
}
