import { ok, type Result } from '../../model/result.ts'
import type { ChosenStrategy } from '../../model/strategy.ts'
import type { NamedEstimate } from '../../model/scan-estimate.ts'
import { estimateScan } from '../../recommender/estimate-scan.ts'
import { chooseStrategy } from '../../recommender/strategies/choose-strategy.ts'
import type { AppPorts } from '../common/app-ports.ts'
import { clusterNow } from './cluster-now.ts'
import type { ScanRequest } from './scan.ts'
import { settledTime } from './settled-time.ts'
import { untilStopped } from './until-stopped.ts'

/** What a scan would ask of the metrics, without asking it. */
export async function estimate(request: ScanRequest, ports: AppPorts): Promise<Result<NamedEstimate>> {
  const chosen = chooseStrategy(request.strategy ?? 'simple', request.settings)
  if (!chosen.ok) return chosen
  return untilStopped(estimated({ ...request, chosen: chosen.value }, ports), request.signal)
}

type Chosen = ScanRequest & { readonly chosen: ChosenStrategy }
async function estimated(request: Chosen, ports: AppPorts): Promise<Result<NamedEstimate>> {
  const found = await clusterNow(ports)
  if (!found.ok) return found
  const { cluster, reader, usage } = found.value
  const takenAt = ports.clock.now().wall
  const evaluatedAt = request.at ?? settledTime(takenAt)
  const done = await estimateScan(
    { cluster, scope: request.scope, chosen: request.chosen, evaluatedAt, takenAt },
    { cluster: reader, usage },
    request.signal === undefined ? {} : { signal: request.signal },
  )
  return done.ok ? ok({ ...done.value, cluster: cluster.name, source: cluster.source, origin: usage.origin }) : done
}
