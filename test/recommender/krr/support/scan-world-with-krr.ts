import { connectKrr } from '../../../../src/adapters/krr-cli/connect-krr.ts'
import type { KrrCommand } from '../../../../src/adapters/krr-cli/krr-command.ts'
import { resolveConnection } from '../../../../src/adapters/kubernetes/kubeconfig/resolve-connection.ts'
import { connectReader } from '../../../../src/adapters/kubernetes/read/connect-reader.ts'
import { connectPrometheus } from '../../../../src/adapters/prometheus/connect-prometheus.ts'
import type { ScanId } from '../../../../src/model/ids.ts'
import type { Scope } from '../../../../src/model/observation.ts'
import type { Scan } from '../../../../src/model/recommendation.ts'
import type { ChosenStrategy } from '../../../../src/model/strategy.ts'
import { unixSeconds, wallMillis } from '../../../../src/model/time.ts'
import type { ForwardQuery } from '../../../../src/ports/krr-engine.ts'
import { scanWithKrr } from '../../../../src/recommender/krr/scan-with-krr.ts'
import { forwardTo } from '../../../adapters/krr-cli/support/forward-to.ts'
import type { GoldenWorld } from '../../../harness/start-golden-world.ts'
import { valueOf } from '../../support/scan-world.ts'

export interface WithKrr {
  readonly command: KrrCommand
  readonly through?: (forward: ForwardQuery) => ForwardQuery
}

/** A scan of a golden world as of its time, by a real krr, over the real adapters. */
export async function scanWorldWithKrr(
  world: GoldenWorld,
  { chosen, scope }: { readonly chosen: ChosenStrategy; readonly scope: Scope },
  { command, through = (forward) => forward }: WithKrr,
): Promise<Scan> {
  const { kubeconfigFile: kubeconfig } = world.controlPlane
  const cluster = connectReader(valueOf(await resolveConnection({ kubeconfig, environment: {} })))
  const usage = valueOf(connectPrometheus({ url: world.prometheusUrl }))
  const forward = through(forwardTo(world.prometheusUrl))
  const krr = connectKrr({ command, kubeconfig, environment: process.env, forward })
  try {
    const request = {
      id: 's-test' as ScanId,
      cluster: { name: 'golden', source: 'live', fingerprint: valueOf(await cluster.fingerprint()) },
      chosen,
      scope,
      evaluatedAt: unixSeconds(world.evaluatedAt),
      takenAt: wallMillis(world.evaluatedAt * 1000),
    } as const
    const scan = await scanWithKrr(request, { krr, cluster, usage })
    if (!scan.ok) throw new Error(`${scan.problem.reason}: ${scan.problem.message}`)
    return scan.value
  } finally {
    await Promise.all([cluster.close(), usage.close()])
  }
}
