import type { Cluster } from '../../model/cluster.ts'
import type { Scope } from '../../model/observation.ts'
import type { Scan, SimpleSettings } from '../../model/recommendation.ts'
import { failed, ok, type Result } from '../../model/result.ts'
import { unixSeconds, type UnixSeconds } from '../../model/time.ts'
import { scan } from '../../recommender/scan.ts'
import { SIMPLE_DEFAULTS, simpleSettingsProblem } from '../../recommender/strategies/simple-settings.ts'
import type { AppPorts } from '../common/app-ports.ts'
import { makeScanId } from '../common/make-id.ts'

/** Servers hide the newest half minute (late scrapes, VictoriaMetrics' latency offset): asking for it gives holes. */
const SETTLED_SECONDS = 30

export interface ScanRequest {
  readonly scope: Scope
  /** krr's defaults where nothing is said. */
  readonly settings: Partial<SimpleSettings>
  /** Evaluate as of then. */
  readonly at?: UnixSeconds
}

/** Looks at the cluster and its metrics, computes, and stores the result under an id. Changes nothing. */
export async function scanCluster(request: ScanRequest, ports: AppPorts): Promise<Result<Scan>> {
  const settings: SimpleSettings = { ...SIMPLE_DEFAULTS, ...request.settings }
  // Before anything is connected to: a slip in a setting must not cost a minute of waiting.
  const wrong = simpleSettingsProblem(settings)
  if (wrong) return failed(wrong)
  const access = await ports.cluster()
  if (!access.ok) return access
  const usage = await ports.usage()
  if (!usage.ok) return usage
  const fingerprint = await access.value.reader.fingerprint()
  if (!fingerprint.ok) return fingerprint
  const state = await ports.journal.state()
  if (!state.ok) return state
  const { name, source, reader } = access.value
  const cluster: Cluster = { name, source, fingerprint: fingerprint.value }
  const takenAt = ports.clock.now().wall
  const evaluatedAt = request.at ?? unixSeconds(Math.floor(takenAt / 1000) - SETTLED_SECONDS)
  const id = makeScanId(state.value.scans, ports.random)
  const wish = { id, cluster, scope: request.scope, settings, evaluatedAt, takenAt }
  const done = await scan(wish, { cluster: reader, usage: usage.value })
  return done.ok ? record(done.value, ports) : done
}

async function record(done: Scan, { journal, actor }: AppPorts): Promise<Result<Scan>> {
  const { id, cluster, rows, evaluatedAt } = done
  const facts = {
    clusterUid: cluster.fingerprint.kubeSystemUid,
    clusterName: cluster.name,
    source: cluster.source,
    rows: rows.length,
    evaluatedAt,
  }
  return journal.append(() =>
    ok({ drafts: [{ actor, event: { kind: 'scan_recorded', subject: id, facts }, payload: done }], value: done }),
  )
}
