import { stripVTControlCharacters } from 'node:util'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import type { ScanId } from '../../../src/model/ids.ts'
import type { ScanDiff } from '../../../src/model/scan-diff.ts'
import { unixSeconds } from '../../../src/model/time.ts'
import { diffText } from '../../../src/surfaces/render/diff-text.ts'
import { AT } from './support/make-scan.ts'

const MiB = 2 ** 20
const containerOf = (name: string) =>
  ({ kind: 'Deployment', namespace: 'shop', name, container: 'app' }) as ScanDiff['moved'][number]['container']

const diffWith = (name: string): ScanDiff => ({
  before: { id: 's-1111' as ScanId, evaluatedAt: AT },
  after: { id: 's-2222' as ScanId, evaluatedAt: unixSeconds(AT + 3600) },
  moved: [
    {
      container: containerOf(name),
      row: 4,
      pods: 2,
      severity: { before: 'OK', after: 'WARNING' },
      values: [
        { what: 'recommended', part: 'requests', resource: 'cpu', before: 0.2, after: 0.1, by: -0.1 },
        { what: 'current', part: 'limits', resource: 'memory', before: null, after: 256 * MiB, by: null },
      ],
    },
  ],
  added: [{ container: containerOf(`new-${name}`), row: 5, severity: 'GOOD', wasWithheld: true }],
  gone: [{ container: containerOf(`gone-${name}`), row: 1, severity: 'OK', withheld: `because of ${name}` }],
  same: 40,
  unlike: ['The engine was native, and is krr 1.29.0 now.'],
})
const plain = (format: string, diff = diffWith('web')): string => diffText(diff, { format, colour: false })

describe('what moved since a scan', () => {
  it('is a few lines in a terminal', () => {
    expect(plain('table')).toBe(
      [
        'From scan s-1111 (2026-11-01T00:00:00Z) to s-2222 (2026-11-01T01:00:00Z): 1 moved, 1 new, 1 gone, 40 the same',
        'Note: The engine was native, and is krr 1.29.0 now.',
        '',
        'Workload                 What                     Before → after  By',
        'shop deployment/web/app  recommended CPU request  200m → 100m     −100m (−50 %)',
        '                         current memory limit     unset → 256Mi',
        '                         severity                 OK → WARNING',
        '',
        'New:',
        '  shop deployment/new-web/app  GOOD (was withheld)',
        '',
        'Gone:',
        '  shop deployment/gone-web/app  OK (withheld now: because of web)',
        '',
      ].join('\n'),
    )
    const coloured = diffText(diffWith('web'), { format: 'table', colour: true })
    expect(coloured).not.toBe(plain('table'))
    expect(stripVTControlCharacters(coloured).replace(/ +$/gm, '')).toBe(plain('table'))
  })

  it('is a table in Markdown', () => {
    expect(plain('markdown')).toContain(
      '| `shop` | `deployment/web/app` | recommended CPU request | 200m → 100m | −100m (−50 %) |\n|  |  | current memory limit | unset → 256Mi |  |\n',
    )
    expect(plain('markdown')).toContain('- gone: `shop` `deployment/gone-web/app` OK (withheld now: because of web)\n')
  })

  it('is data with units in JSON, and the same data in YAML', () => {
    const data: unknown = JSON.parse(plain('json'))
    expect(data).toMatchObject({
      before: { scan_id: 's-1111', evaluated_at: '2026-11-01T00:00:00Z' },
      same: 40,
      moved: [
        {
          row: 4,
          name: 'web',
          severity: ['OK', 'WARNING'],
          values: [
            { what: 'recommended', part: 'requests', before_cores: 0.2, after_cores: 0.1, by_cores: -0.1 },
            { before_bytes: null, after_bytes: 256 * MiB, by_bytes: null },
          ],
        },
      ],
      added: [{ name: 'new-web', was_withheld: true }],
      gone: [{ name: 'gone-web', withheld_now: 'because of web' }],
    })
    expect(parse(plain('yaml'))).toEqual(data)
  })

  it('says when nothing did', () => {
    const none = { ...diffWith('x'), moved: [], added: [], gone: [], unlike: [] }
    for (const format of ['table', 'markdown']) {
      expect(plain(format, none).trim().split('\n')).toHaveLength(1)
      expect(plain(format, none)).toContain('0 moved, 0 new, 0 gone, 40 the same')
    }
  })

  it.each(['table', 'json', 'yaml', 'markdown'])('lets no name through as anything but text: %s', (format) => {
    const evil = 'a|`b\u001B[2J\u202Ec\u009B\r\n| forged |\u{E0041}'
    const text = plain(format, diffWith(evil))
    expect(text.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}]/u)
    const same = plain(format).split('\n').length
    expect(text.split('\n')).toHaveLength(same)
    if (format === 'json') expect((JSON.parse(text) as ScanDiff).moved[0]).toMatchObject({ name: evil })
    if (format === 'yaml') expect((parse(text) as ScanDiff).moved[0]).toMatchObject({ name: evil })
  })
})
