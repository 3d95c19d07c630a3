import { describe, expect, it } from 'vitest'
import type { ScanRow } from '../../../src/model/recommendation.ts'
import { scanCsvRaw } from '../../../src/surfaces/render/scan-csv-raw.ts'
import { scanCsv } from '../../../src/surfaces/render/scan-csv.ts'
import { makeRow, makeScan } from './support/make-scan.ts'
import { goldenText, scanOfKrr } from './support/scan-of-krr.ts'

const RECORDED = [
  ['two-days-simple-48h', 'scans/two-days/simple-48h.json'],
  ['two-days-simple-limit-48h', 'scans/two-days/simple-limit-48h.json'],
  ['two-days-grouped-jobs', 'scans/two-days/simple-48h-grouped-jobs.json'],
  ['two-days-minimums-0', 'scans/two-days/simple-48h-minimums-0.json'],
  ['fortnight-simple-default', 'scans/fortnight/simple-default.json'],
  ['numbers', 'formats/numbers.json'],
] as const

describe.each(RECORDED)('%s as comma-separated values', (name, file) => {
  it('is what krr itself prints, byte for byte', () => {
    expect(scanCsv(scanOfKrr(file))).toBe(goldenText(`formats/${name}.csv`))
    expect(scanCsvRaw(scanOfKrr(file))).toBe(goldenText(`formats/${name}.raw.csv`))
  })
})

it.each(['two-days-simple-48h', 'numbers'])('%s with the cluster and without severities as well', (name) => {
  const scan = scanOfKrr(RECORDED.find(([each]) => each === name)![1])
  const options = { showClusterName: true, excludeSeverity: true }
  expect(scanCsv(scan, options)).toBe(goldenText(`formats/${name}-cluster-no-severity.csv`))
  expect(scanCsvRaw(scan, options)).toBe(goldenText(`formats/${name}-cluster-no-severity.raw.csv`))
})

describe('names that others chose, in a CSV', () => {
  const named = (name: string): ScanRow => {
    const row = makeRow()
    return { ...row, container: { ...row.container, name, container: name } }
  }

  it.each(['=HYPERLINK("http://evil")', '+1+1', '-2+3', '@SUM(A1)', '\t=1', '\u202E=1', ' =1'])(
    'are no formula for a spreadsheet: %j',
    (name) => {
      for (const csv of [scanCsv, scanCsvRaw]) {
        const text = csv(makeScan({ rows: [named(name)], cluster: { ...makeScan().cluster, name } }), {
          showClusterName: true,
        })
        const cells = text.split('\r\n')[1]!.match(/"(?:[^"]|"")*"|[^,]+/g)!
        expect(cells[0]).toMatch(/^"?'[=+\-@]/)
        expect(cells[2]).toMatch(/^"?'[=+\-@]/)
        expect(cells[6]).toMatch(/^"?'[=+\-@]/)
      }
    },
  )

  it('stay in their line and send nothing to a terminal', () => {
    const text = scanCsv(makeScan({ rows: [named('a\r\nb\u001B[2J,"c')] }))
    expect(text.split('\r\n')).toHaveLength(3)
    expect(text.split('\r\n')[1]).toContain('shop,"a b,""c",2,1,Deployment,"a b,""c",OK,')
    expect(text.replaceAll('\r\n', '')).not.toMatch(/\p{Cc}/u)
  })
})
