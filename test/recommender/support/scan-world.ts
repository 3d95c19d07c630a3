import { connectPrometheus } from '../../../src/adapters/prometheus/connect-prometheus.ts'
import { resolveConnection } from '../../../src/adapters/kubernetes/kubeconfig/resolve-connection.ts'
import { connectReader } from '../../../src/adapters/kubernetes/read/connect-reader.ts'
import type { ScanId } from '../../../src/model/ids.ts'
import type { Scope } from '../../../src/model/observation.ts'
import type { Scan } from '../../../src/model/recommendation.ts'
import type { Result } from '../../../src/model/result.ts'
import type { ChosenStrategy } from '../../../src/model/strategy.ts'
import { unixSeconds, wallMillis } from '../../../src/model/time.ts'
import type { UsageReader } from '../../../src/ports/usage-reader.ts'
import { scan } from '../../../src/recommender/scan.ts'
import type { ScanOptions } from '../../../src/recommender/scan-request.ts'
import type { GoldenWorld } from '../../harness/start-golden-world.ts'

/** Scans a golden world as of its time, over the real adapters. */
export async function scanWorld(
  world: GoldenWorld,
  { chosen, scope }: { readonly chosen: ChosenStrategy; readonly scope: Scope },
  options: ScanOptions & { readonly through?: (usage: UsageReader) => UsageReader } = {},
): Promise<Scan> {
  const connection = valueOf(
    await resolveConnection({ kubeconfig: world.controlPlane.kubeconfigFile, environment: {} }),
  )
  const cluster = connectReader(connection)
  const usage = valueOf(connectPrometheus({ url: world.prometheusUrl }))
  try {
    const fingerprint = valueOf(await cluster.fingerprint())
    const request = {
      id: 's-test' as ScanId,
      cluster: { name: 'golden', source: 'live', fingerprint },
      chosen,
      scope,
      evaluatedAt: unixSeconds(world.evaluatedAt),
      takenAt: wallMillis(world.evaluatedAt * 1000),
    } as const
    return valueOf(
      await scan(
        request,
        { cluster, usage: options.through?.(usage) ?? usage },
        { summation: 'cpython-3.11', ...options },
      ),
    )
  } finally {
    await Promise.all([cluster.close(), usage.close()])
  }
}

export function valueOf<Value>(result: Result<Value>): Value {
  if (!result.ok) throw new Error(`${result.problem.reason}: ${result.problem.message}`)
  return result.value
}
