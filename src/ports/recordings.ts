import type { Cluster } from '../model/cluster.ts'
import type { Scope } from '../model/observation.ts'
import type { Problem } from '../model/problem.ts'
import type { ClusterLabel } from '../model/recommendation.ts'
import type { Result } from '../model/result.ts'
import type { ChosenStrategy } from '../model/strategy.ts'
import type { UnixSeconds, WallMillis } from '../model/time.ts'
import type { ScanReader } from './cluster-reader.ts'
import type { UsageReader } from './usage-reader.ts'

/** What a scan reads. */
export interface ReadPorts {
  readonly cluster: ScanReader
  readonly usage: UsageReader
}
/** What was scanned, as it was asked for. */
export interface RecordedScan {
  readonly chosen: ChosenStrategy
  readonly scope: Scope
  readonly evaluatedAt: UnixSeconds
  readonly takenAt: WallMillis
  readonly cluster: Pick<Cluster, 'name' | 'fingerprint'>
  readonly usage: {
    readonly origin: string
    readonly engine?: string
    readonly notes?: readonly string[]
    readonly clusterLabel?: ClusterLabel
  }
}
export interface WrittenRecording {
  readonly file: string
  readonly bytes: number
  readonly answers: number
}
/** A recording that is being made, for one scan. */
export interface Recorder {
  /** Before a scan of minutes: could it be written there? */
  mayWrite(file: string): Promise<Result<true>>
  /** The same readers; what they answer is kept. */
  through(read: ReadPorts): ReadPorts
  write(file: string, about: RecordedScan): Promise<Result<WrittenRecording>>
}
/** A recording that is read: it answers what was recorded, and knows nothing else. */
export interface Recorded {
  readonly read: ReadPorts
  readonly request: Pick<RecordedScan, 'chosen' | 'scope' | 'evaluatedAt' | 'takenAt'>
  readonly cluster: Cluster & { readonly source: 'replay' }
  readonly recordedWith: string
  /** The first question that was not recorded: the scan must not count then. */
  missing(): Problem | undefined
}

/** Scans in files: for people who report a number, and tests that pin one. Only the operator names files. */
export interface Recordings {
  begin(): Recorder
  open(file: string): Promise<Result<Recorded>>
}
