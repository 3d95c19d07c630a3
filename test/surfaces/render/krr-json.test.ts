import { expect, it } from 'vitest'
import { krrJson } from '../../../src/surfaces/render/krr-json.ts'
import { simpleSettings } from '../../recommender/support/chosen.ts'
import { makeRow, makeScan } from './support/make-scan.ts'

it("a scan in krr's schema has krr's fields in krr's order, and no annotations", () => {
  const result = krrJson(makeScan())
  expect(Object.keys(result)).toEqual([
    'scans',
    'score',
    'resources',
    'description',
    'strategy',
    'errors',
    'clusterSummary',
    'config',
  ])
  expect(Object.keys(result.scans[0]!)).toEqual(['object', 'recommended', 'severity'])
  expect(Object.keys(result.scans[0]!.object)).toEqual([
    'cluster',
    'name',
    'container',
    'pods',
    'hpa',
    'namespace',
    'kind',
    'allocations',
    'warnings',
    'labels',
  ])
  expect(result.scans[0]!.object.cluster).toBe('prod')
  expect(Object.keys(result.strategy.settings)).toEqual([
    'history_duration',
    'timeframe_duration',
    'cpu_percentile',
    'memory_buffer_percentage',
    'points_required',
    'allow_hpa',
    'use_oomkill_data',
    'oom_memory_buffer_percentage',
  ])
  expect(result.config).toMatchObject({ namespaces: '*', resources: '*', cpu_min_value: 10, memory_min_value: 100 })
})

it("the description has Python's floats, and speaks of autoscalers only where they matter", () => {
  const { description } = krrJson(makeScan())
  expect(description).toContain(
    'CPU request: 99.9% percentile, limit: unset\nMemory request: max + 15.0%, limit: max + 15.0%\nHistory: 336.0 hours\nStep: 1.25 minutes',
  )
  expect(description).toContain('HPA')
  expect(
    krrJson(makeScan({}, { strategy: 'simple', settings: simpleSettings({ allowHpa: true }) })).description,
  ).not.toContain('HPA')
})

it('an autoscaler has all of its fields', () => {
  const autoscaler = {
    namespace: 'shop',
    targetKind: 'Deployment',
    targetName: 'web',
    minReplicas: 1,
    maxReplicas: 5,
    currentReplicas: null,
    desiredReplicas: 3,
    cpuUtilization: 80,
    memoryUtilization: null,
  }
  expect(krrJson(makeScan({ rows: [makeRow({ autoscaler })] })).scans[0]!.object.hpa).toEqual({
    min_replicas: 1,
    max_replicas: 5,
    current_replicas: null,
    desired_replicas: 3,
    target_cpu_utilization_percentage: 80,
    target_memory_utilization_percentage: null,
  })
})
