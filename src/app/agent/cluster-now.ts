import type { Cluster } from '../../model/cluster.ts'
import { ok, type Result } from '../../model/result.ts'
import type { ScanReader } from '../../ports/cluster-reader.ts'
import type { UsageReader } from '../../ports/usage-reader.ts'
import type { AppPorts } from '../common/app-ports.ts'

export interface ClusterNow {
  readonly cluster: Cluster
  readonly reader: ScanReader
  readonly usage: UsageReader
}

/** Connects to the cluster and its metrics, and sees which cluster it is. */
export async function clusterNow(ports: Pick<AppPorts, 'cluster' | 'usage'>): Promise<Result<ClusterNow>> {
  const access = await ports.cluster()
  if (!access.ok) return access
  const usage = await ports.usage()
  if (!usage.ok) return usage
  const { name, source, reader } = access.value
  const fingerprint = await reader.fingerprint()
  if (!fingerprint.ok) return fingerprint
  return ok({ cluster: { name, source, fingerprint: fingerprint.value }, reader, usage: usage.value })
}
