import type { ScanId } from '../../../../src/model/ids.ts'
import { bytes, cores } from '../../../../src/model/quantity.ts'
import type { ResourceEvidence, Scan, ScanFacts, ScanRow } from '../../../../src/model/recommendation.ts'
import type { ChosenStrategy } from '../../../../src/model/strategy.ts'
import { unixSeconds, wallMillis } from '../../../../src/model/time.ts'

const MiB = 2 ** 20
export const AT = unixSeconds(1_793_491_200)

const evidence = (more: Partial<ResourceEvidence>): ResourceEvidence => ({
  queries: [{ purpose: 'highest memory per pod, bytes', promql: 'max_over_time(x[14d:75s])', at: AT }],
  windowSeconds: 1_209_600,
  stepSeconds: 75,
  points: { counted: 290, windowSeconds: 10_800, required: 100 },
  perPod: [
    { pod: 'web-a', value: 100 * MiB },
    { pod: 'web-b', value: 200 * MiB, job: 'kubelet' },
  ],
  rule: 'The rule.',
  ...more,
})

/** A row of a Deployment `web` in `shop`: 250m → 100m, 128Mi → 230Mi. */
export const makeRow = (more: Partial<ScanRow> = {}): ScanRow => ({
  row: 1,
  container: {
    kind: 'Deployment',
    namespace: 'shop',
    name: 'web',
    container: 'app',
    uid: 'uid-web',
    labels: { app: 'web' },
    allocations: {
      requests: { cpu: cores(0.25), memory: bytes(128 * MiB) },
      limits: { cpu: null, memory: bytes(256 * MiB) },
    },
  },
  pods: [
    { name: 'web-a', deleted: false },
    { name: 'web-b', deleted: false },
    { name: 'web-old', deleted: true },
  ],
  autoscaler: null,
  warnings: [],
  requests: { cpu: { value: 0.1, severity: 'OK' }, memory: { value: 230 * MiB, severity: 'OK' } },
  limits: { cpu: { value: null, severity: 'GOOD' }, memory: { value: 230 * MiB, severity: 'GOOD' } },
  info: { cpu: null, memory: null },
  severity: 'OK',
  marks: [],
  deviations: [],
  evidence: {
    cpu: evidence({ perPod: [{ pod: 'web-a', value: 0.0991 }], rule: 'The rule of CPU.' }),
    memory: evidence({ rule: 'The rule of memory.' }),
  },
  ...more,
})

export const SIMPLE: ChosenStrategy = {
  strategy: 'simple',
  settings: {
    historyHours: 336,
    timeframeMinutes: 1.25,
    cpuPercentile: 99.9,
    memoryBufferPercentage: 15,
    pointsRequired: 100,
    allowHpa: false,
    useOomkillData: false,
    oomMemoryBufferPercentage: 25,
    cpuMin: 10,
    memoryMin: 100,
  },
}

export const makeScan = (more: Partial<ScanFacts> = {}, chosen: ChosenStrategy = SIMPLE): Scan => ({
  ...chosen,
  id: 's-7k3m' as ScanId,
  cluster: {
    name: 'prod',
    source: 'live',
    fingerprint: { kubeSystemUid: 'u', apiOrigin: 'https://api', caHash: 'system', serverVersion: 'v1.36.4' },
  },
  scope: { namespaces: [], kinds: [] },
  evaluatedAt: AT,
  takenAt: wallMillis(AT * 1000),
  rows: [makeRow()],
  withheld: [],
  unread: [],
  unscanned: [],
  engine: { name: 'native' },
  compat: 'fixed',
  notes: [],
  binding: { kind: 'bound', matched: 2, running: 2 },
  score: 90,
  clusterSummary: {},
  errors: [],
  prometheus: { origin: 'http://prometheus:9090', queries: 9, closedRanges: true },
  ...more,
})
