import type { ScanId } from '../../model/ids.ts'
import type { Scope } from '../../model/observation.ts'
import type { Scan } from '../../model/recommendation.ts'
import { ok, type Result } from '../../model/result.ts'
import type { ChosenStrategy, StrategyName } from '../../model/strategy.ts'
import type { UnixSeconds } from '../../model/time.ts'
import type { ReadPorts, RecordedScan } from '../../ports/recordings.ts'
import type { UsageReader } from '../../ports/usage-reader.ts'
import { scanWithKrr } from '../../recommender/krr/scan-with-krr.ts'
import { scan } from '../../recommender/scan.ts'
import type { ScanProgress } from '../../recommender/scan-progress.ts'
import { chooseStrategy, type GivenSettings } from '../../recommender/strategies/choose-strategy.ts'
import type { AppPorts } from '../common/app-ports.ts'
import { makeScanId } from '../common/make-id.ts'
import { recordScan } from '../common/record-scan.ts'
import { clusterNow } from './cluster-now.ts'
import { settledTime } from './settled-time.ts'
import { untilStopped } from './until-stopped.ts'

export interface ScanRequest {
  readonly scope: Scope
  /** `simple` unless told. */
  readonly strategy?: StrategyName
  /** The strategy's defaults where nothing is said. */
  readonly settings: GivenSettings
  /** Evaluate as of then. */
  readonly at?: UnixSeconds
  /** Aborted: the scan ends with `cancelled`. */
  readonly signal?: AbortSignal
  readonly progress?: (progress: ScanProgress) => void
  /** Queries at once; 4 unless told. */
  readonly concurrency?: number
  /** Puts something between the scan and what it reads: a recording. */
  readonly through?: (read: ReadPorts, about: RecordedScan) => ReadPorts
}

/** A scan under way: its id is known at once, so that a caller need not stay for the end. */
export interface StartedScan {
  readonly id: ScanId
  readonly done: Promise<Result<Scan>>
  /** It ends with `cancelled`, and asks nothing more. */
  stop(): void
  /** Told where it is from now on; what it returns takes that back. */
  watch(listener: (progress: ScanProgress) => void): () => void
}

/** Begins to look at the cluster and its metrics. The result is stored under the id. Changes nothing. */
export async function startScan(request: ScanRequest, ports: AppPorts): Promise<Result<StartedScan>> {
  // Before anything is connected to: a slip in a setting must not cost a minute of waiting.
  const chosen = chooseStrategy(request.strategy ?? 'simple', request.settings)
  if (!chosen.ok) return chosen
  const state = await ports.journal.state()
  if (!state.ok) return state
  const id = makeScanId(state.value.scans, ports.random)
  const stopping = new AbortController()
  const signal = AbortSignal.any([stopping.signal, ...(request.signal ? [request.signal] : [])])
  const watchers = new Set<(progress: ScanProgress) => void>(request.progress ? [request.progress] : [])
  const progress = (where: ScanProgress): void => watchers.forEach((tell) => tell(where))
  return ok({
    id,
    done: runScan({ ...request, chosen: chosen.value, id, signal, progress }, ports),
    stop: () => stopping.abort(),
    watch: (listener) => {
      watchers.add(listener)
      return () => void watchers.delete(listener)
    },
  })
}

/** The same, to its end. */
export async function scanCluster(request: ScanRequest, ports: AppPorts): Promise<Result<Scan>> {
  const started = await startScan(request, ports)
  return started.ok ? started.value.done : started
}

type Running = ScanRequest &
  Required<Pick<ScanRequest, 'signal' | 'progress'>> & { readonly id: ScanId; readonly chosen: ChosenStrategy }

async function runScan(request: Running, ports: AppPorts): Promise<Result<Scan>> {
  const done = await untilStopped(readAndCompute(request, ports), request.signal)
  // Only here: what comes in after the stop must not become a scan of the journal.
  return done.ok ? recordScan(done.value, ports) : done
}

async function readAndCompute(request: Running, ports: AppPorts): Promise<Result<Scan>> {
  const found = await clusterNow(ports)
  if (!found.ok) return found
  const { cluster, reader, usage } = found.value
  const { id, scope, chosen, signal, progress, concurrency } = request
  const takenAt = ports.clock.now().wall
  const asked = { id, cluster, scope, chosen, evaluatedAt: request.at ?? settledTime(takenAt), takenAt }
  const read = { cluster: reader, usage }
  const options = { signal, progress, ...(concurrency === undefined ? {} : { concurrency }) }
  const krr = await ports.krr?.()
  if (krr && !krr.ok) return krr
  if (krr) return scanWithKrr(asked, { ...read, krr: krr.value }, options)
  return scan(asked, request.through?.(read, { ...asked, usage: aboutOf(usage) }) ?? read, options)
}

const aboutOf = ({ origin, engine, notes, clusterLabel }: UsageReader): RecordedScan['usage'] => ({
  origin,
  ...(engine === undefined ? {} : { engine }),
  ...(notes === undefined ? {} : { notes }),
  ...(clusterLabel === undefined ? {} : { clusterLabel }),
})
