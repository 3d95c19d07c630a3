import { describe, expect, it } from 'vitest'
import type { ScanId } from '../../src/model/ids.ts'
import { bytes, cores } from '../../src/model/quantity.ts'
import type { Scan, ScanRow, Severity } from '../../src/model/recommendation.ts'
import type { ScanDiff } from '../../src/model/scan-diff.ts'
import { scanDiff } from '../../src/recommender/scan-diff.ts'
import { makeRow, makeScan, SIMPLE } from '../surfaces/render/support/make-scan.ts'

const MiB = 2 ** 20
const row = (name: string, cpu: number | '?' = 0.1, more: Partial<ScanRow> = {}): ScanRow => {
  const made = makeRow({ requests: { ...makeRow().requests, cpu: { value: cpu, severity: 'OK' } }, ...more })
  return { ...made, container: { ...made.container, name } }
}
const later = (rows: readonly ScanRow[], more: Partial<Scan> = {}): Scan =>
  ({ ...makeScan({ rows }), id: 's-2222' as ScanId, ...more }) as Scan
const diffOf = (before: Scan, after: Scan): ScanDiff => {
  const diff = scanDiff(before, after)
  if (!diff.ok) throw new Error(diff.problem.message)
  return diff.value
}

describe('what moved between two scans', () => {
  it('is nothing where nothing did, even under other row numbers and pods', () => {
    const before = makeScan({ rows: [row('a', 0.1, { row: 1 }), row('b', 0.1, { row: 2 })] })
    const after = later([row('b', 0.1, { row: 1, pods: [] }), row('a', 0.1, { row: 2 })])
    expect(diffOf(before, after)).toMatchObject({ moved: [], added: [], gone: [], same: 2, unlike: [] })
  })

  it('is every value with its amount, current and recommended, and the severity', () => {
    const was = row('a', 0.1)
    const now: ScanRow = {
      ...row('a', 0.3, { severity: 'CRITICAL' }),
      container: {
        ...was.container,
        allocations: {
          requests: { cpu: cores(0.5), memory: was.container.allocations.requests.memory },
          limits: { cpu: null, memory: null },
        },
      },
    }
    const [moved] = diffOf(makeScan({ rows: [was] }), later([now])).moved
    expect(moved!.severity).toEqual({ before: 'OK', after: 'CRITICAL' })
    expect(moved!.pods).toBe(2)
    expect(moved!.values).toEqual([
      { what: 'current', part: 'requests', resource: 'cpu', before: 0.25, after: 0.5, by: 0.25 },
      { what: 'recommended', part: 'requests', resource: 'cpu', before: 0.1, after: 0.3, by: 0.3 - 0.1 },
      { what: 'current', part: 'limits', resource: 'memory', before: 256 * MiB, after: null, by: null },
    ])
  })

  it('counts a number that went or came, and a severity alone', () => {
    const severity = (of: Severity): Partial<ScanRow> => ({ severity: of })
    const before = makeScan({ rows: [row('a', 0.1), row('b', '?'), row('c', 0.1, severity('OK'))] })
    const after = later([row('a', '?'), row('b', 0.2), row('c', 0.1, severity('GOOD'))])
    const { moved } = diffOf(before, after)
    expect(moved.map(({ container, values }) => [container.name, values.map(({ by }) => by)])).toEqual([
      ['b', [null]],
      ['a', [null]],
      ['c', []],
    ])
  })

  it('has the largest first, over all running pods; four GiB are a core', () => {
    const memory = (mib: number): Partial<ScanRow> => ({
      requests: { cpu: { value: 0.1, severity: 'OK' }, memory: { value: mib * MiB, severity: 'OK' } },
    })
    const one = { pods: [{ name: 'p', deleted: false }] }
    const before = makeScan({ rows: ['one', 'two', 'mem', 'less'].map((name) => row(name, 0.1, memory(1024))) })
    const after = later([
      row('less', 0.1, { ...memory(2024), ...one }),
      row('one', 0.6, { ...one, requests: { ...memory(1024).requests!, cpu: { value: 0.6, severity: 'OK' } } }),
      row('mem', 0.1, { ...memory(1024 + 3000), ...one }),
      row('two', 0.5, { requests: { ...memory(1024).requests!, cpu: { value: 0.5, severity: 'OK' } } }),
    ])
    expect(diffOf(before, after).moved.map(({ container }) => container.name)).toEqual(['two', 'mem', 'one', 'less'])
  })

  it('tells new from no longer withheld, and gone from withheld now', () => {
    const { container } = row('x')
    const withheld = (name: string) => [{ row: 9, container: { ...container, name }, reason: 'an infinite usage' }]
    const before = makeScan({ rows: [row('left'), row('lost')], withheld: withheld('found') })
    const after = later([row('new'), row('found')], { withheld: withheld('lost') })
    const diff = diffOf(before, after)
    expect(diff.added.map((each) => [each.container.name, each.wasWithheld])).toEqual([
      ['new', false],
      ['found', true],
    ])
    expect(diff.gone.map((each) => [each.container.name, each.withheld])).toEqual([
      ['left', null],
      ['lost', 'an infinite usage'],
    ])
  })

  it('takes another kind, namespace or container of the same name for another', () => {
    const a = row('a')
    const others = [
      { ...a, container: { ...a.container, kind: 'StatefulSet' as const } },
      { ...a, container: { ...a.container, namespace: 'bank' } },
      { ...a, container: { ...a.container, container: 'proxy' } },
    ]
    const diff = diffOf(makeScan({ rows: [a] }), later(others))
    expect([diff.added.length, diff.gone.length, diff.same]).toEqual([3, 1, 0])
  })
})

describe('two scans that cannot be compared as they are', () => {
  it('are refused where they are of two clusters, whatever these are called', () => {
    const cluster = makeScan().cluster
    const other = { ...cluster, fingerprint: { ...cluster.fingerprint, kubeSystemUid: 'v' } }
    expect(scanDiff(makeScan(), later([], { cluster: other }))).toMatchObject({
      ok: false,
      problem: { reason: 'other_cluster' },
    })
    const renamed = { ...cluster, name: 'new name', fingerprint: { ...cluster.fingerprint, serverVersion: 'v1.37.0' } }
    expect(scanDiff(makeScan(), later([], { cluster: renamed })).ok).toBe(true)
  })

  it('are compared, and it is said, where they were not made alike', () => {
    const before = makeScan({}, {
      ...SIMPLE,
      settings: { ...SIMPLE.settings, memoryBufferPercentage: 15 },
    } as typeof SIMPLE)
    const after = later([], {
      settings: { ...SIMPLE.settings, memoryBufferPercentage: 30 } as never,
      engine: { name: 'krr', version: '1.29.0' },
      scope: { namespaces: ['shop'], kinds: [] },
    })
    expect(diffOf(before, after).unlike).toEqual([
      'The setting memoryBufferPercentage was 15, and is 30 now.',
      'The engine was native, and is krr 1.29.0 now.',
      'The two scans looked at different parts of the cluster: rows may be new or gone for that reason.',
    ])
  })
})

it('counts bytes as bytes', () => {
  const a = row('a')
  const now = {
    ...a,
    container: {
      ...a.container,
      allocations: { ...a.container.allocations, limits: { cpu: null, memory: bytes(512 * MiB) } },
    },
  }
  expect(diffOf(makeScan({ rows: [a] }), later([now])).moved[0]!.values[0]!.by).toBe(256 * MiB)
})
