import type { ClusterFingerprint, Source } from '../../../src/model/cluster.ts'
import type { ScanId } from '../../../src/model/ids.ts'
import type {
  Binding,
  Info,
  Recommended,
  RecommendedPair,
  ResourceEvidence,
  Scan,
  ScanRow,
  WithheldRow,
} from '../../../src/model/recommendation.ts'
import { unixSeconds, wallMillis } from '../../../src/model/time.ts'
import type { WorkloadKind } from '../../../src/model/workload.ts'

export const FINGERPRINT: ClusterFingerprint = {
  kubeSystemUid: '11111111-2222-3333-4444-555555555555',
  apiOrigin: 'https://cluster.example:6443',
  caHash: 'a'.repeat(64),
  serverVersion: 'v1.36.4',
}

export interface RowSketch {
  readonly row?: number
  readonly kind?: WorkloadKind
  readonly namespace?: string
  readonly name?: string
  readonly container?: string
  readonly uid?: string
  /** Cores and bytes. */
  readonly cpu?: Recommended
  readonly memory?: Recommended
  readonly cpuLimit?: Recommended
  readonly memoryLimit?: Recommended
  readonly info?: { readonly cpu: Info; readonly memory: Info }
}

const NO_EVIDENCE: ResourceEvidence = {
  queries: [],
  windowSeconds: 1_209_600,
  stepSeconds: 75,
  points: { counted: 1000, windowSeconds: 1_209_600, required: 100 },
  perPod: [],
  rule: 'the highest of all pods',
}
const pair = (cpu: Recommended, memory: Recommended): RecommendedPair => ({
  cpu: { value: cpu, severity: 'WARNING' },
  memory: { value: memory, severity: 'WARNING' },
})

const DEFAULTS = {
  row: 1,
  kind: 'Deployment',
  namespace: 'shop',
  name: 'web',
  container: 'app',
  uid: 'uid-1',
  cpu: 0.25,
  memory: 256 * 2 ** 20,
  cpuLimit: null,
  info: { cpu: null, memory: null },
} as const

/** One row of a scan: what a test says of it, and 250m / 256Mi for the rest, krr's limits (none, and the request). */
export function rowOf(sketch: RowSketch = {}): ScanRow {
  const { row, kind, namespace, name, container, uid, cpu, memory, cpuLimit, info } = { ...DEFAULTS, ...sketch }
  const none = { cpu: null, memory: null }
  return {
    row,
    container: { kind, namespace, name, container, uid, labels: {}, allocations: { requests: none, limits: none } },
    pods: [],
    autoscaler: null,
    warnings: [],
    requests: pair(cpu, memory),
    limits: pair(cpuLimit, sketch.memoryLimit === undefined ? memory : sketch.memoryLimit),
    info,
    severity: 'WARNING',
    marks: [],
    deviations: [],
    evidence: { cpu: NO_EVIDENCE, memory: NO_EVIDENCE },
  }
}

export interface ScanSketch {
  readonly fingerprint?: ClusterFingerprint
  readonly source?: Source
  readonly binding?: Binding
  readonly withheld?: readonly WithheldRow[]
}

export const scanOf = (rows: readonly ScanRow[], sketch: ScanSketch = {}): Scan => ({
  id: 's-7k3m' as ScanId,
  cluster: { name: 'production', source: sketch.source ?? 'live', fingerprint: sketch.fingerprint ?? FINGERPRINT },
  strategy: 'simple',
  settings: {
    historyHours: 336,
    timeframeMinutes: 1.25,
    cpuPercentile: 95,
    memoryBufferPercentage: 15,
    pointsRequired: 100,
    allowHpa: false,
    useOomkillData: false,
    oomMemoryBufferPercentage: 25,
    cpuMin: 10,
    memoryMin: 100,
  },
  scope: { namespaces: [], kinds: [] },
  evaluatedAt: unixSeconds(1_795_000_000),
  takenAt: wallMillis(1_795_000_000_000),
  rows,
  withheld: sketch.withheld ?? [],
  unread: [],
  unscanned: [],
  engine: { name: 'native' },
  compat: 'fixed',
  notes: [],
  binding: sketch.binding ?? { kind: 'bound', matched: 10, running: 10 },
  score: 70,
  clusterSummary: {},
  errors: [],
  prometheus: { origin: 'https://prometheus.example', queries: 12, closedRanges: false },
})
