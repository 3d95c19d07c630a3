import { describe, expect, it } from 'vitest'
import type { ScanRow } from '../../../src/model/recommendation.ts'
import { scanMarkdown } from '../../../src/surfaces/render/scan-markdown.ts'
import { makeRow, makeScan } from './support/make-scan.ts'

const named = (name: string, more: Partial<ScanRow> = {}): ScanRow => {
  const row = makeRow(more)
  return { ...row, container: { ...row.container, namespace: name, name, container: name } }
}

it('is a table with totals before it and what to know after it', () => {
  const rows = [makeRow({ marks: [{ kind: 'gaps', text: 'A sentence.' }] })]
  expect(scanMarkdown(makeScan({ rows, notes: ['The server rounds.'] }))).toBe(
    [
      '## Right-sizing of `prod`',
      '',
      'As of 2026-11-01T00:00:00Z, scan `s-7k3m`, strategy `simple`. Nothing was changed.',
      '',
      '- 1 container (1 OK); score 90 of 100',
      '- CPU requests of running pods: 500m → 200m (1 of 1 rows have both a request and a recommendation)',
      '- Memory requests of running pods: 256Mi → 460Mi (1 of 1 rows have both a request and a recommendation)',
      '',
      '| # | Namespace | Workload | CPU request | CPU limit | Memory request | Memory limit | Severity |',
      '| --- | --- | --- | --- | --- | --- | --- | --- |',
      '| 1 | `shop` | `deployment/web/app` | 250m → 100m | unset | 128Mi → 230Mi | 256Mi → 230Mi | OK ¹ |',
      '',
      '- ¹ gaps in the data: row 1',
      '- The server rounds.',
      '',
    ].join('\n'),
  )
})

it('has no table where there is no row', () => {
  expect(scanMarkdown(makeScan({ rows: [] }))).not.toContain('|')
})

describe('text of others in Markdown', () => {
  const EVIL = [
    'a | b',
    'x`|`y',
    'a\n| 9 | forged | row |',
    '](http://evil) [click](https://evil)',
    '<img src=x onerror=alert(1)>',
    '<!-- hidden',
    '**bold** ~~gone~~ #1',
    '@everyone www.evil.example',
    '\u202Edesrever\u200B\u0000',
    '\\`',
    '&lt;b&gt; 1m → 2m',
  ]

  it.each(EVIL)('breaks no cell, links nothing and calls nobody: %j', (evil) => {
    const row = named(evil)
    const text = scanMarkdown(
      makeScan({
        rows: [row],
        cluster: { ...makeScan().cluster, name: evil },
        withheld: [{ row: 2, container: row.container, reason: evil }],
        unread: [{ kind: 'CronJob', reason: 'error', message: evil }],
        unscanned: [{ kind: evil, namespace: evil, name: evil, pods: 1, reason: 'unknown_owner' }],
        binding: { kind: 'unbound', matched: 0, running: 1, reason: evil },
        notes: [evil],
      }),
    )
    const honest = scanMarkdown(
      makeScan({
        rows: [named('a')],
        withheld: [{ row: 2, container: row.container, reason: 'a' }],
        unread: [{ kind: 'CronJob', reason: 'error', message: 'a' }],
        unscanned: [{ kind: 'a', namespace: 'a', name: 'a', pods: 1, reason: 'unknown_owner' }],
        binding: { kind: 'unbound', matched: 0, running: 1, reason: 'a' },
        notes: ['a'],
      }),
    )
    // As many lines, cells, code spans and arrows of ours as with names that are harmless.
    for (const sign of ['\n', '|', '`', '→']) expect(text.split(sign)).toHaveLength(honest.split(sign).length)
    // Outside of code spans, where nothing means anything.
    const outside = text.replace(/`[^`\n]*`/g, '')
    expect(outside.replace(/^## |^- |^\| .*$/gm, '')).not.toMatch(/[<>[\]@#*~\\&]|:\/\/|www\./)
    expect(text.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}]/u)
  })
})
