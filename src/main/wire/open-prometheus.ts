import { IN_CLUSTER } from '../../adapters/kubernetes/kubeconfig/in-cluster.ts'
import type { ClusterConnection } from '../../adapters/kubernetes/kubeconfig/cluster-connection.ts'
import { connectPrometheus, type PrometheusConnection } from '../../adapters/prometheus/connect-prometheus.ts'
import { discoverPrometheus } from '../../adapters/prometheus/discovery/discover-prometheus.ts'
import { namedService } from '../../adapters/prometheus/discovery/named-service.ts'
import type { Result } from '../../model/result.ts'
import { failed, ok } from '../../model/result.ts'
import type { ForwardQuery } from '../../ports/krr-engine.ts'
import type { ObjectReader } from '../../ports/cluster-reader.ts'
import type { UsageReader } from '../../ports/usage-reader.ts'
import type { CommonOptions } from '../../surfaces/options/common-options.ts'
import { checkClusterLabel } from './check-cluster-label.ts'
import { foundNotes, serviceNotes, urlNotes } from './prometheus-notes.ts'
import { prometheusTarget, type PrometheusTarget } from './prometheus-target.ts'
import { reachCandidate } from './reach-candidate.ts'

/** The cluster, for those ways that lead through it: asked for when needed. */
export interface ClusterSide {
  readonly connection: () => Promise<Result<ClusterConnection>>
  readonly reader: () => Promise<Result<Pick<ObjectReader, 'list'>>>
}
export interface ConnectedUsage extends UsageReader {
  readonly forward: ForwardQuery
  readonly notes: readonly string[]
  close(): Promise<void>
}
interface Reached {
  readonly connection: PrometheusConnection
  readonly engine: string | undefined
  readonly notes: readonly string[]
}

/** The Prometheus that the operator named, else the one that is found in the cluster. */
export async function openPrometheus(
  options: CommonOptions,
  cluster: ClusterSide,
  environment: Readonly<Record<string, string | undefined>>,
): Promise<Result<ConnectedUsage>> {
  const target = prometheusTarget(options, environment)
  if (!target.ok) return target
  const reached = await reach(target.value, cluster)
  if (!reached.ok) return reached
  const { connection, engine, notes } = reached.value
  const { clusterLabel } = target.value
  const wrong = clusterLabel && (await checkClusterLabel(connection, clusterLabel))
  if (wrong) {
    await connection.close()
    return failed(wrong)
  }
  return ok({ ...connection, notes, ...(engine && { engine }), ...(clusterLabel && { clusterLabel }) })
}

async function reach(target: PrometheusTarget, cluster: ClusterSide): Promise<Result<Reached>> {
  const { place } = target
  if (place.kind === 'url') return reachUrl(place.url, target)
  const connection = await cluster.connection()
  if (!connection.ok) return connection
  const reader = await cluster.reader()
  if (!reader.ok) return reader
  const through = { connection: connection.value, target, inCluster: connection.value.context === IN_CLUSTER }
  if (place.kind === 'service') {
    const service = await namedService(reader.value, place.name)
    if (!service.ok) return service
    // Named as a service it goes through the API server, wherever we are.
    const usage = reachCandidate(service.value, { ...through, inCluster: false })
    return ok({ connection: usage, engine: service.value.engine?.name, notes: serviceNotes(service.value) })
  }
  return discover(reader.value, through)
}

function reachUrl(url: string, target: PrometheusTarget): Result<Reached> {
  const { settings, tenant } = target
  const headers = { ...settings.headers, ...(tenant === undefined ? {} : { 'x-scope-orgid': tenant }) }
  const connected = connectPrometheus({ ...settings, url, headers })
  if (!connected.ok) return connected
  const engine = target.auth.kind === 'sigv4' ? 'AMP' : undefined
  return ok({ connection: connected.value, engine, notes: urlNotes(url, target) })
}

async function discover(
  reader: Pick<ObjectReader, 'list'>,
  through: Parameters<typeof reachCandidate>[1],
): Promise<Result<Reached>> {
  const { inCluster } = through
  const found = await discoverPrometheus(reader, {
    inCluster,
    reach: (candidate) => reachCandidate(candidate, { ...through, trying: true }),
  })
  if (!found.ok) return found
  const { candidate, connection, passedOver } = found.value
  // Tried with little patience; used with all of it.
  await connection.close()
  const notes = foundNotes(candidate, passedOver, through)
  return ok({ connection: reachCandidate(candidate, through), engine: candidate.engine?.name, notes })
}
