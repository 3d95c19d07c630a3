import type { ClusterConnection } from '../../adapters/kubernetes/kubeconfig/cluster-connection.ts'
import { directWay } from '../../adapters/prometheus/direct-way.ts'
import { candidateUrl, type Candidate } from '../../adapters/prometheus/discovery/candidate.ts'
import type { QueryWay } from '../../adapters/prometheus/query-way.ts'
import { usageOver, type PrometheusConnection } from '../../adapters/prometheus/usage-over.ts'
import type { PrometheusTarget } from './prometheus-target.ts'
import { proxyWay } from './proxy-way.ts'

export interface Through {
  readonly connection: ClusterConnection
  readonly target: PrometheusTarget
  /** We run in a pod and can reach services by their names. */
  readonly inCluster: boolean
  /** Only to see whether it answers: little patience. */
  readonly trying?: boolean
}

/**
 * A connection to something that was found in the cluster. It is given no credential, whatever the operator set for a named
 * URL: of the settings only what concerns the wire (TLS, method) and the tenant.
 */
export function reachCandidate(candidate: Candidate, through: Through): PrometheusConnection {
  const { connection, target, inCluster, trying = false } = through
  const tenant = target.tenant ?? candidate.engine?.tenant
  const patience = trying ? TRYING : PATIENCE
  const proxied = candidate.kind === 'service' && !inCluster
  const way = proxied
    ? proxyWay(connection, candidate, { tenant, timeoutMs: patience.timeoutMs })
    : directTo(candidate, { target, tenant, patience })
  return usageOver(way, { ...patience, params: candidate.engine?.params ?? {} })
}

const PATIENCE = { timeoutMs: 120_000, connectTimeoutMs: 10_000, attempts: 3 }
const TRYING = { timeoutMs: 10_000, connectTimeoutMs: 5_000, attempts: 1 }

interface Direct {
  readonly target: PrometheusTarget
  readonly tenant: string | undefined
  readonly patience: typeof PATIENCE
}
function directTo(candidate: Candidate, { target, tenant, patience }: Direct): QueryWay {
  const { href: url, origin, pathname } = new URL(candidateUrl(candidate))
  const { tls = {}, method = 'POST' } = target.settings
  const headers = tenant === undefined ? {} : { 'x-scope-orgid': tenant }
  return directWay(
    { origin, base: `${origin}${pathname.replace(/\/$/, '')}` },
    { url, tls, method, headers, ...patience },
  )
}
