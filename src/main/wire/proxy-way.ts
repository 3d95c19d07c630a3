import type { ClusterConnection } from '../../adapters/kubernetes/kubeconfig/cluster-connection.ts'
import { connectQueryProxy } from '../../adapters/kubernetes/read/query-proxy.ts'
import type { ServiceCandidate } from '../../adapters/prometheus/discovery/candidate.ts'
import type { NotAnswered, QueryWay } from '../../adapters/prometheus/query-way.ts'
import { queryUrl } from '../../adapters/prometheus/query-url.ts'
import { cancelled, urlTooLong } from '../../adapters/prometheus/usage-problems.ts'
import { failed, ok } from '../../model/result.ts'

export interface ProxyOptions {
  readonly tenant: string | undefined
  readonly timeoutMs: number
}
const MOST_BYTES = 128 * 2 ** 20

/**
 * Questions to a service of the cluster, through the API server: always GET, because POST needs the permission to create.
 * The cluster's credential ends at the API server, which passes no Authorization header on.
 */
export function proxyWay(connection: ClusterConnection, service: ServiceCandidate, options: ProxyOptions): QueryWay {
  const { namespace, name, port, scheme, prefix } = service
  const origin = `${namespace}/${name}:${port} (service, through the API server)`
  const proxied = { namespace, service: name, scheme, prefix, port: String(port) }
  // One attempt, because the retries are made above.
  const limits = { timeoutMillis: options.timeoutMs, mostBytes: MOST_BYTES, attempts: 1 }
  const proxy = connectQueryProxy(connection, proxied, limits)
  const tenant = options.tenant === undefined ? {} : { tenant: options.tenant }
  return {
    origin,
    ask: async ({ path, params, signal }) => {
      const asked = queryUrl(path, params)
      if (asked === undefined) return failed({ problem: urlTooLong(origin), again: false })
      const answer = await proxy.ask({ path: asked, ...tenant, signal })
      if (answer.ok) {
        const { status, text, header } = answer.value
        return ok({ status, body: text, retryAfter: header('retry-after') })
      }
      if (signal?.aborted) return failed({ problem: cancelled, again: false })
      const { problem, again, timedOut } = answer.problem
      return failed({ problem: { ...problem, tooMuch: timedOut }, again } satisfies NotAnswered)
    },
    // A credential that the API server refused is renewed by its own transport.
    refused: () => false,
    close: () => proxy.close(),
  }
}
