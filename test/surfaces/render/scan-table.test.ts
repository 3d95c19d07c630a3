import { stripVTControlCharacters } from 'node:util'
import { describe, expect, it } from 'vitest'
import type { ScanRow } from '../../../src/model/recommendation.ts'
import { scanTable } from '../../../src/surfaces/render/scan-table.ts'
import { makeRow, makeScan } from './support/make-scan.ts'
import { makeUsage } from './support/make-usage.ts'

const named = (name: string, more: Partial<ScanRow> = {}): ScanRow => {
  const row = makeRow(more)
  return { ...row, container: { ...row.container, name } }
}
/** The cells of the first line that has this text. */
const cells = (table: string, text: string): readonly string[] =>
  (table.split('\n').find((line) => line.includes(text)) ?? '')
    .split('│')
    .slice(1, -1)
    .map((cell) => cell.trim())

describe('the table of a scan', () => {
  it('has a line per container: current and recommended, and how far they are apart', () => {
    expect(cells(scanTable(makeScan()), 'web')).toEqual([
      '1',
      'shop',
      'deployment/web/app',
      '250m → 100m',
      '128Mi → 230Mi',
      '256Mi → 230Mi',
      'OK',
    ])
  })

  it('has a column of CPU limits where somebody has set one', () => {
    const row = makeRow()
    const { requests } = row.container.allocations
    const limits = { cpu: 2 as never, memory: null }
    const table = scanTable(
      makeScan({ rows: [{ ...row, container: { ...row.container, allocations: { requests, limits } } }] }),
    )
    expect(cells(table, 'web')).toContain('2 → unset')
  })

  it('says why there is no number', () => {
    const unknown = { value: '?', severity: 'UNKNOWN' } as const
    const rows = [makeRow({ requests: { cpu: unknown, memory: unknown }, info: { cpu: 'No data', memory: null } })]
    expect(cells(scanTable(makeScan({ rows })), 'web').slice(3, 5)).toEqual(['250m → ? (No data)', '128Mi → ?'])
  })

  it('says what was withheld, what could not be read, and that no plan can come of it', () => {
    const { container } = makeRow()
    const table = scanTable(
      makeScan({
        withheld: [{ row: 2, container, reason: 'an infinite usage' }],
        unread: [
          { kind: 'Rollout', reason: 'not_served', message: 'there are none here' },
          { kind: 'CronJob', reason: 'forbidden', message: 'you may not list cronjobs' },
        ],
        binding: { kind: 'unbound', matched: 0, running: 2, reason: 'another cluster' },
      }),
    )
    expect(table).toContain('2: shop deployment/web/app: withheld: an infinite usage')
    expect(table).toContain('CronJob could not be read, so the scan is without it: you may not list cronjobs')
    expect(table).not.toContain('Rollout')
    expect(table).toContain('no plan can be made: another cluster')
  })

  it('adds up what runs now, of rows that have both numbers', () => {
    const open = makeRow({
      row: 2,
      requests: { cpu: { value: '?', severity: 'UNKNOWN' }, memory: { value: 2 ** 20, severity: 'OK' } },
    })
    const table = scanTable(makeScan({ rows: [makeRow(), open] }))
    expect(table).toContain('2 containers (2 OK); score 90 of 100')
    expect(table).toContain('CPU requests of running pods: 500m → 200m (1 of 2 rows')
    expect(table).toContain('Memory requests of running pods: 512Mi → 462Mi (2 of 2 rows')
  })

  it('is coloured only where asked', () => {
    const plain = scanTable(makeScan())
    const coloured = scanTable(makeScan(), { colour: true })
    expect(plain).toBe(stripVTControlCharacters(plain))
    expect(coloured).not.toBe(plain)
    expect(stripVTControlCharacters(coloured)).toBe(plain)
  })

  it('lets no name of the cluster reach the terminal', () => {
    const evil = 'a\u001B[2J\u001B]0;title\u0007\u202Eb\u200B\r\nc'
    const table = scanTable(
      makeScan({ rows: [named(evil)], withheld: [{ row: 2, container: named(evil).container, reason: evil }] }),
    )
    expect(table.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}]/u)
    expect(cells(table, 'deployment/')[2]).toBe('deployment/a b c/app')
    expect(scanTable(makeScan({ rows: [named('x'.repeat(5000))] })).split('\n')[3]!.length).toBeLessThan(300)
  })
})

describe('the table of a scan, with more to say', () => {
  const mark = (kind: ScanRow['marks'][number]['kind']): ScanRow['marks'] => [{ kind, text: 'A sentence.' }]

  it('has a footnote per kind of mark, and says where a number is not krr’s', () => {
    const rows = [
      makeRow({ row: 1, marks: mark('short_history') }),
      makeRow({ row: 2, marks: [...mark('gaps'), ...mark('short_history')], deviations: ['native_sidecar'] }),
      makeRow({ row: 3 }),
      makeRow({ row: 4, marks: mark('short_history') }),
    ]
    const table = scanTable(makeScan({ rows }))
    expect(cells(table, '│ 1 ').at(-1)).toBe('OK ¹')
    expect(cells(table, '│ 2 ').at(-1)).toBe('OK ² ¹ ³')
    expect(cells(table, '│ 3 ').at(-1)).toBe('OK')
    expect(table).toContain('¹ short history: rows 1-2, 4\n² gaps in the data: row 2\n³ other than krr: native sidecar')
  })

  it('names the first rows of many, and counts the others', () => {
    const rows = Array.from({ length: 40 }, (_, index) => makeRow({ row: 2 * index, marks: mark('gaps') }))
    expect(scanTable(makeScan({ rows }))).toContain('¹ gaps in the data: rows 0, 2, 4, 6, 8, 10, 12, 14 and 32 more')
  })

  it('says what holds for all, and what runs without a row', () => {
    const table = scanTable(
      makeScan({
        notes: ['The server\u001B[2J rounds.'],
        unscanned: [
          { kind: 'Pod', namespace: 'shop', name: 'debug', pods: 1, reason: 'bare_pod' },
          { kind: 'Foo', namespace: 'shop', name: 'x\u202E', pods: 3, reason: 'unknown_owner' },
        ],
      }),
    )
    expect(table).toContain('Note: The server rounds.')
    expect(table).toContain('No row: 1 pod without an owner: shop/debug')
    expect(table).toContain('No row: 3 pods of kinds that are not scanned: Foo shop/x\n')
  })

  it('draws usage where there is room, and else leaves it out before it breaks a line', () => {
    const usage = new Map([[1, makeUsage(0.31, 190 * 2 ** 20)]])
    const wide = scanTable(makeScan(), { usage, width: 160 })
    expect(cells(wide, 'web')).toContainEqual(expect.stringMatching(/^[▁▂▃▄▅▆▇█ ]{16} 310m$/u))
    expect(cells(wide, 'web')).toContainEqual(expect.stringMatching(/^[▁▂▃▄▅▆▇█ ]{16} 190Mi$/u))
    const narrower = scanTable(makeScan(), { usage, width: 120 })
    expect(narrower).not.toMatch(/[▁▂▃▄▅▆▇█]/u)
    expect(narrower).toContain('│')
  })

  it('is a list in 80 columns, with usage and every value', () => {
    const usage = new Map([[1, makeUsage(0.31, 190 * 2 ** 20)]])
    const list = scanTable(makeScan({ rows: [makeRow({ marks: mark('gaps') })] }), { usage, width: 80 })
    expect(list.split('\n').slice(0, 4)).toEqual([
      '  1  shop deployment/web/app  OK ¹',
      expect.stringMatching(/^     CPU     250m → 100m {9}limit unset {13}[▁▂▃▄▅▆▇█ ]{12} 310m$/u),
      expect.stringMatching(/^     Memory  128Mi → 230Mi {7}limit 256Mi → 230Mi {5}[▁▂▃▄▅▆▇█ ]{12} 190Mi$/u),
      '¹ gaps in the data: row 1',
    ])
    expect(
      list
        .split('\n')
        .slice(0, 4)
        .every((line) => line.length <= 80),
    ).toBe(true)
  })

  it('colours every value by its own severity, in both forms', () => {
    const row = makeRow({ requests: { cpu: { value: 2, severity: 'CRITICAL' }, memory: { value: 1, severity: 'OK' } } })
    for (const width of [80, 200]) {
      const coloured = scanTable(makeScan({ rows: [row] }), { colour: true, width })
      expect(coloured).toContain('\u001B[31m250m → 2\u001B[39m')
      expect(stripVTControlCharacters(coloured)).toBe(scanTable(makeScan({ rows: [row] }), { width }))
    }
  })
})
