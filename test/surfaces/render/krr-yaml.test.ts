import { expect, it } from 'vitest'
import { parse } from 'yaml'
import { krrJson } from '../../../src/surfaces/render/krr-json.ts'
import { krrYaml } from '../../../src/surfaces/render/krr-yaml.ts'
import { makeRow, makeScan } from './support/make-scan.ts'
import { scanOfKrr } from './support/scan-of-krr.ts'

it.each(['scans/two-days/simple-48h.json', 'scans/fortnight/simple-default.json', 'formats/numbers.json'])(
  "%s: the YAML is the JSON's data, without anchors",
  (file) => {
    const scan = scanOfKrr(file)
    const text = krrYaml(scan)
    expect(parse(text)).toEqual(JSON.parse(JSON.stringify(krrJson(scan))))
    expect(text).not.toMatch(/: [&*]/)
  },
)

it('says words that YAML 1.1 reads as something else, and characters nobody sees, so that they come back', () => {
  const row = makeRow()
  const labels = {
    on: 'yes',
    number: '012',
    sexagesimal: '1:30',
    null: 'null',
    float: '1e-7',
    hidden: 'a\u001B[2J\u202Eb\u0085c\u{E0041}d\\n"e',
    lines: 'one\ntwo\u0007',
  }
  const text = krrYaml(makeScan({ rows: [{ ...row, container: { ...row.container, labels } }] }))
  expect(text.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}]/u)
  for (const version of ['1.1', '1.2'] as const) {
    const read = parse(text, { version }) as { scans: { object: { labels: unknown } }[] }
    expect(read.scans[0]!.object.labels).toEqual(labels)
  }
})

it('writes tiny numbers so that YAML 1.1 reads numbers', () => {
  const text = krrYaml(scanOfKrr('formats/numbers.json'))
  expect(text).toContain('cpu: 1.0e-7\n')
  expect(text).not.toMatch(/: \d+e/)
})
