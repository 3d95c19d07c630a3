import { stripVTControlCharacters } from 'node:util'
import { describe, expect, it } from 'vitest'
import type { ScanRow } from '../../../src/model/recommendation.ts'
import { scanTable } from '../../../src/surfaces/render/scan-table.ts'
import { makeRow, makeScan } from './support/make-scan.ts'

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
