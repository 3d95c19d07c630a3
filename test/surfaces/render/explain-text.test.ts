import { describe, expect, it } from 'vitest'
import { explainText } from '../../../src/surfaces/render/explain-text.ts'
import { makeRow, makeScan } from './support/make-scan.ts'

describe('the explanation of a row', () => {
  it('has rule, window, samples, values per pod from the highest on, and queries to paste', () => {
    expect(explainText(makeScan(), makeRow()).split('\n')).toEqual([
      's-7k3m row 1: deployment/web/app in shop, OK',
      'As of 2026-11-01T00:00:00Z, from http://prometheus:9090; 3 pods, 2 of them running',
      '',
      'CPU',
      '  request  250m → 100m',
      '  limit    unset → unset',
      '  rule     The rule of CPU.',
      '  window   the last 336 h, one point every 75 s',
      '  samples  at least 290 points, counted in the last 3 h; 100 are required',
      '  pod      99.1m  web-a',
      '  query    highest memory per pod, bytes',
      '           max_over_time(x[14d:75s])',
      '',
      'Memory',
      '  request  128Mi → 230Mi',
      '  limit    256Mi → 230Mi',
      '  rule     The rule of memory.',
      '  window   the last 336 h, one point every 75 s',
      '  samples  at least 290 points, counted in the last 3 h; 100 are required',
      '  pod      200Mi  web-b (job kubelet)',
      '  pod      100Mi  web-a',
      '  query    highest memory per pod, bytes',
      '           max_over_time(x[14d:75s])',
    ])
  })

  it('says what is missing', () => {
    const row = makeRow({ warnings: ['NoPrometheusPods', 'NoPrometheusCPUMetrics', 'NoPrometheusMemoryMetrics'] })
    const cpu = { ...row.evidence.cpu, perPod: [] }
    const lines = explainText(makeScan(), { ...row, evidence: { ...row.evidence, cpu } }).split('\n')
    expect(lines.filter((line) => line.startsWith('Note:'))).toEqual([
      'Note: the metrics do not know these pods; their names come from the cluster',
      'Note: the metrics have no CPU usage of it',
    ])
    expect(lines).toContain('  samples  none; 100 points are required')
  })

  it('shows the highest twenty of many pods', () => {
    const row = makeRow()
    const perPod = Array.from({ length: 51 }, (_, index) => ({ pod: `p${index}`, value: index }))
    const text = explainText(makeScan(), {
      ...row,
      evidence: { ...row.evidence, memory: { ...row.evidence.memory, perPod } },
    })
    expect(text).toContain('p50\n')
    expect(text).not.toContain('p30\n')
    expect(text).toContain('… and 31 pods with less')
  })

  it('lets no text of the cluster reach the terminal', () => {
    const row = makeRow()
    const evil = 'x\u001B[31m\u202E'
    const perPod = [{ pod: evil, value: 1, job: evil }]
    const memory = {
      ...row.evidence.memory,
      perPod,
      rule: evil,
      queries: [{ purpose: evil, promql: evil, at: 0 as never }],
    }
    const text = explainText(makeScan(), {
      ...row,
      container: { ...row.container, name: evil, namespace: evil },
      evidence: { ...row.evidence, memory },
    })
    expect(text.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}]/u)
  })
})
