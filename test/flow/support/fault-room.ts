import { afterEach, beforeEach, expect, onTestFinished } from 'vitest'
import type { AnsweringServer } from '../../adapters/prometheus/support/answering-server.ts'
import { temporaryDirectory, type TemporaryDirectory } from '../../harness/temporary-directory.ts'
import { scanInProcess, type InProcess, type Reach } from './scan-in-process.ts'
import { standInCluster, type StandInCluster } from './stand-in-cluster.ts'
import { standInMetrics, type Say } from './stand-in-metrics.ts'

/** Three attempts with their pauses, on a busy machine: far below any time limit that a hang would run into. */
export const BOUND_MS = 10_000
export const PATIENCE = { timeout: 30_000 }

export interface FaultRoom {
  readonly folder: () => string
  readonly cluster: () => StandInCluster
  /** A scan of the stand-in cluster with these metrics. */
  readonly scan: (prometheusUrl: string, words?: readonly string[], more?: Partial<Reach>) => Promise<InProcess>
}

/** For each test of a file a cluster of its own, without faults until told. */
export function faultRoom(): FaultRoom {
  let home: TemporaryDirectory
  let cluster: StandInCluster
  beforeEach(async () => {
    home = await temporaryDirectory('scan-faults')
    cluster = await standInCluster(home.path)
  })
  afterEach(async () => {
    await cluster.close()
    await home.remove()
  })
  return {
    folder: () => home.path,
    cluster: () => cluster,
    scan: (prometheusUrl, words = [], more = {}) =>
      scanInProcess(['scan', ...words], { folder: home.path, kubeconfig: cluster.kubeconfig, prometheusUrl, ...more }),
  }
}

export async function metricsThat(say: Say): Promise<AnsweringServer> {
  const metrics = await standInMetrics(say)
  onTestFinished(() => metrics.close())
  return metrics
}

/** One sentence of what is wrong, one of what to do; no result, no scan, no hang. */
export function expectRefused({ code, out, err, scans, took }: InProcess, message: RegExp, next: RegExp): void {
  const [first = '', second = '', ...more] = err.split('\n')
  expect([first, second], err).toEqual([expect.stringMatching(message), expect.stringMatching(next)])
  expect(first).toMatch(/^error: /)
  expect(second).toMatch(/^next: ./)
  expect(more, err).toEqual([''])
  expect({ code, out, scans }).toEqual({ code: 1, out: '', scans: 0 })
  expect(took).toBeLessThan(BOUND_MS)
}
