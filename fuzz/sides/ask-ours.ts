import { resolveConnection } from '../../src/adapters/kubernetes/kubeconfig/resolve-connection.ts'
import { connectReader } from '../../src/adapters/kubernetes/read/connect-reader.ts'
import { connectPrometheus } from '../../src/adapters/prometheus/connect-prometheus.ts'
import type { ScanId } from '../../src/model/ids.ts'
import type { Scan } from '../../src/model/recommendation.ts'
import { ok, type Result } from '../../src/model/result.ts'
import { unixSeconds, wallMillis } from '../../src/model/time.ts'
import type { Summation } from '../../src/recommender/numbers/score.ts'
import { scan } from '../../src/recommender/scan.ts'
import { krrJson } from '../../src/surfaces/render/krr-json.ts'
import type { ParityRequest } from '../request/random-request.ts'
import type { ParityAnswer, ParityWorld } from './parity-world.ts'

export interface OursSaid {
  readonly answer: ParityAnswer
  readonly scan: Scan
}

/** Our scan over the real adapters, in krr's JSON. */
export async function askOurs(
  world: ParityWorld,
  request: ParityRequest,
  summation: Summation,
): Promise<Result<OursSaid>> {
  const connection = await resolveConnection({ kubeconfig: world.kubeconfigFile, environment: {} })
  if (!connection.ok) return connection
  const usage = connectPrometheus({ url: world.prometheusUrl })
  if (!usage.ok) return usage
  const cluster = connectReader(connection.value)
  try {
    const fingerprint = await cluster.fingerprint()
    if (!fingerprint.ok) return fingerprint
    const asked = {
      ...request,
      id: 's-fuzz' as ScanId,
      cluster: { name: 'fuzz', source: 'live', fingerprint: fingerprint.value },
      evaluatedAt: unixSeconds(world.evaluatedAt),
      takenAt: wallMillis(world.evaluatedAt * 1000),
    } as const
    const made = await scan(asked, { cluster, usage: usage.value }, { summation })
    return made.ok ? ok({ answer: comparable(made.value), scan: made.value }) : made
  } finally {
    await Promise.all([cluster.close(), usage.value.close()])
  }
}

function comparable(made: Scan): ParityAnswer {
  const { config: _, scans, ...rest } = krrJson(made)
  const ours = { ...rest, scans: scans.map((each) => ({ ...each, object: { ...each.object, cluster: null } })) }
  return JSON.parse(JSON.stringify(ours)) as ParityAnswer
}
