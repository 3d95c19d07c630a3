import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import { readFileSync, writeFileSync } from 'node:fs'
import { onTestFinished } from 'vitest'
import { newRecording } from '../../../../src/adapters/replay/recording.ts'
import { recordingPorts } from '../../../../src/adapters/replay/recording-ports.ts'
import type { ReadPorts } from '../../../../src/adapters/replay/recording-ports.ts'
import { writeRecording } from '../../../../src/adapters/replay/write-recording.ts'
import { ok } from '../../../../src/model/result.ts'
import type { Scan } from '../../../../src/model/recommendation.ts'
import type { Result } from '../../../../src/model/result.ts'
import { scan } from '../../../../src/recommender/scan.ts'
import type { ScanRequest } from '../../../../src/recommender/scan-request.ts'
import { container, pod } from '../../../recommender/support/observed.ts'
import { clusterOf, request, sample, usageOf } from '../../../recommender/support/stub-ports.ts'

const SERIES = { namespace: 'shop', container: 'app', pod: 'web-1', job: 'kubelet' }

/** A workload with one pod and some usage; `more`: further labels of its series. */
export const smallPorts = (more: Readonly<Record<string, string>> = {}): ReadPorts => ({
  cluster: clusterOf([container({ labels: { app: 'web' }, selector: { matchLabels: { app: 'web' } } })], {
    pods: () => Promise.resolve(ok([pod('web-1')])),
  }),
  usage: usageOf({
    'count_over_time(container_cpu': ['cpu', 'memory'].map((part) => sample(500, { ...SERIES, part, ...more })),
    quantile_over_time: [sample(0.25, { ...SERIES, ...more })],
    max_over_time: [sample(100 * 2 ** 20, { ...SERIES, ...more })],
    'group by (namespace, pod, uid)': [
      sample(1, { namespace: 'shop', pod: 'web-1', part: 'running', ...more }),
      sample(1, { namespace: 'shop', pod: 'web-1', uid: 'uid-web-1', part: 'uid', ...more }),
    ],
    kube_pod_owner: [
      sample(1, { namespace: 'shop', pod: 'web-1', owner_kind: 'ReplicaSet', owner_name: 'web-7', ...more }),
    ],
    kube_replicaset_owner: [
      sample(1, { namespace: 'shop', replicaset: 'web-7', owner_kind: 'Deployment', owner_name: 'web', ...more }),
    ],
  }),
})

export interface RecordedOne {
  readonly file: string
  /** What the recorded scan said. */
  readonly live: Result<Scan>
}

/** Scans these ports and records it, in a folder of this test's own. */
export async function recordScan(ports: ReadPorts, of: ScanRequest = request()): Promise<RecordedOne> {
  const file = join(await temporaryFolder(), 'scan.recording')
  const recording = newRecording()
  const live = await scan(of, recordingPorts(ports, recording))
  const written = await writeRecording(file, { ...of, usage: ports.usage }, recording)
  if (!written.ok) throw new Error(written.problem.message)
  return { file, live }
}

export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'krr-mcp-replay-'))
  onTestFinished(async () => await rm(folder, { recursive: true, force: true }))
  return folder
}

export const textOf = (file: string): string => gunzipSync(readFileSync(file)).toString('utf8')

type Line = Readonly<Record<string, unknown>>
/** Writes the file anew with other lines, whole and undamaged. */
export function rewrite(file: string, change: (lines: readonly Line[]) => readonly Line[]): void {
  const lines = textOf(file).trimEnd().split('\n')
  const changed = change(lines.map((line) => JSON.parse(line) as Line))
  writeFileSync(file, gzipSync(changed.map((line) => `${JSON.stringify(line)}\n`).join('')))
}
