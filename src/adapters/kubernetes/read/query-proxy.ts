import { problem } from '../../../model/problem.ts'
import { failed, type Result } from '../../../model/result.ts'
import type { ApiRequest, RawFailure, RawTransport } from '../http/api-transport.ts'
import { openRawTransport } from '../http/open-transport.ts'
import type { RawAnswer } from '../http/raw-answer.ts'
import type { TransportOptions } from '../http/transport-options.ts'
import type { ClusterConnection } from '../kubeconfig/cluster-connection.ts'

/** A service of the cluster as the API server's proxy names it. */
export interface ProxiedService {
  readonly namespace: string
  readonly service: string
  readonly scheme: 'http' | 'https'
  /** A number or a name. */
  readonly port: string
  /** What comes before `/api/v1`: `''`, `/prometheus` or `/select/0/prometheus`. */
  readonly prefix: string
}
export interface ProxiedQuestion {
  /** From `/api/v1` on, with its query. */
  readonly path: string
  readonly tenant?: string
  readonly signal?: AbortSignal | undefined
}
export interface QueryProxy {
  ask(question: ProxiedQuestion): Promise<Result<RawAnswer, RawFailure>>
  close(): Promise<void>
}

/** Asks one Prometheus through the API server's proxy: the cluster's credential goes to the API server and no further. */
export function connectQueryProxy(
  connection: ClusterConnection,
  service: ProxiedService,
  options: TransportOptions = {},
): QueryProxy {
  const transport = queryProxyTransport(openRawTransport(connection, options))
  const base = proxyPath(service)
  return {
    ask: ({ path, tenant, signal }) =>
      transport.sendRaw({ method: 'GET', path: `${base}${path}`, ...(tenant === undefined ? {} : { tenant }) }, signal),
    close: () => transport.close(),
  }
}

/** Plain HTTP without its scheme, as krr and most roles' `resourceNames` have it. */
function proxyPath({ namespace, service, scheme, port, prefix }: ProxiedService): string {
  const name = `${scheme === 'https' ? 'https:' : ''}${service}:${port}`
  return `/api/v1/namespaces/${namespace}/services/${name}/proxy${prefix}`
}

/**
 * Lets through GET of the three query paths of a service, and nothing else. The proxy reaches every service of the cluster
 * with whatever path and method it is given: without this guard a mistake above could delete series, or talk to others.
 */
export const queryProxyTransport = (inner: RawTransport): RawTransport => ({
  sendRaw: (request, signal) =>
    isProxiedQuery(request) ? inner.sendRaw(request, signal) : Promise.resolve(failed(refusal)),
  close: () => inner.close(),
})

const PROXIED =
  /^\/api\/v1\/namespaces\/[a-z0-9-]+\/services\/(https:)?[a-z0-9-]+:[a-z0-9-]+\/proxy(\/select\/0)?(\/prometheus)?\/api\/v1\/(query|query_range|label\/[a-zA-Z_][a-zA-Z0-9_]*\/values)(\?|$)/
const isProxiedQuery = ({ method, path, body }: ApiRequest): boolean =>
  method === 'GET' && body === undefined && PROXIED.test(path)

const refusal: RawFailure = {
  problem: problem(
    'request_refused_here',
    'A request to a service that is no query was refused before it was sent.',
    'This is a bug; please report it.',
  ),
  again: false,
  timedOut: false,
}
