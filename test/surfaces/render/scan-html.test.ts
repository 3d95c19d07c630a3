import { expect, it } from 'vitest'
import { scanHtml } from '../../../src/surfaces/render/scan-html.ts'
import { makeReport } from './support/make-report.ts'
import { makeRow } from './support/make-scan.ts'

const EVIL = `"><img src=x onerror=alert(1)></script><script>alert(1)</script>'\u202E&amp;`

it('shows text of others as text, wherever it stands', () => {
  const { container } = makeRow()
  const [scan, usage] = makeReport(
    [
      {
        name: EVIL,
        namespace: EVIL,
        more: { marks: [{ kind: 'gaps', text: EVIL }], pods: [{ name: EVIL, deleted: false }] },
      },
    ],
    {
      notes: [EVIL],
      withheld: [{ row: 2, container: { ...container, name: EVIL }, reason: EVIL }],
      unread: [{ kind: 'CronJob', reason: 'error', message: EVIL }],
      unscanned: [{ kind: EVIL, namespace: EVIL, name: EVIL, pods: 1, reason: 'unknown_owner' }],
      binding: { kind: 'unbound', matched: 0, running: 1, reason: EVIL },
      prometheus: { origin: EVIL, engine: EVIL, queries: 1, closedRanges: true },
    },
  )
  const page = scanHtml({ ...scan, cluster: { ...scan.cluster, name: EVIL } }, usage)
  // Our one script, and no tag of theirs.
  expect(page.match(/<script/g)).toHaveLength(1)
  expect(page.match(/<\/script/g)).toHaveLength(1)
  expect(page).not.toContain('<img')
  expect(page).not.toContain('\u202E')
  expect(page).toContain('&lt;script&gt;alert(1)')
  // An attribute's text cannot end it: every tag is one of ours, whole.
  expect(page.match(/<td[^>]*>/g)!.every((tag) => /^<td( [a-z-]+="[^"<>]*")*>$/.test(tag))).toBe(true)
})

it('names no address but as text', () => {
  const page = scanHtml(...makeReport([{ name: 'web' }]))
  expect(page).not.toMatch(/\b(src=|srcset=|action=|@import)\b|url\(|href="[^#]/)
  expect(page).toContain('default-src &#39;none&#39;')
})

it('draws nothing where nothing was seen, and says so', () => {
  const [scan] = makeReport([{ name: 'web' }])
  const page = scanHtml(scan, new Map())
  expect(page).toContain('No CPU usage over time was read for this row.')
  expect(page).not.toContain('<svg')
})

it('says, and does not draw, a limit far above all usage', () => {
  const page = scanHtml(...makeReport([{ name: 'web', cpu: [8, 0.1, 0.09] }]))
  expect(page).toContain('<li class="current">current request <b>8</b> (above the chart)</li>')
  // The one of memory is in its chart.
  expect(page.match(/<path class="current"/g)).toHaveLength(1)
  expect(page.match(/<path class="recommended"/g)).toHaveLength(2)
})

it('keeps a thousand rows with two weeks of usage each under five megabytes', () => {
  const many = Array.from({ length: 1000 }, (_, index) => ({ name: `a-usual-workload-${index}` }))
  const page = scanHtml(...makeReport(many))
  expect(page.length).toBeGreaterThan(1_000_000)
  expect(Buffer.byteLength(page)).toBeLessThan(5_000_000)
})
