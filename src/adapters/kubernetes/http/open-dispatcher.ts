import { getCACertificates } from 'node:tls'
import { Pool, ProxyAgent, type Dispatcher } from 'undici'
import type { ClientCertificate, ClusterConnection } from '../kubeconfig/cluster-connection.ts'
import type { TransportLimits } from './transport-options.ts'

const CONNECTIONS = 8

/** A pool of kept-alive connections to one API server, as one client certificate's holder. */
export function openDispatcher(
  connection: ClusterConnection,
  certificate: ClientCertificate | undefined,
  limits: TransportLimits,
): Dispatcher {
  const tls = { ...recognition(connection), ...certificate }
  const pool = {
    connections: CONNECTIONS,
    pipelining: 1,
    // One plain request per connection at a time: a stream error of HTTP/2 would take its neighbours with it.
    allowH2: false,
    headersTimeout: limits.timeoutMillis,
    bodyTimeout: limits.timeoutMillis,
    keepAliveTimeout: limits.keepAliveMillis,
    keepAliveMaxTimeout: limits.keepAliveMillis,
  }
  const connect = { ...tls, timeout: limits.connectTimeoutMillis }
  if (connection.proxyUrl === undefined) return new Pool(connection.origin, { ...pool, connect })
  return new ProxyAgent({
    ...pool,
    uri: connection.proxyUrl,
    requestTls: connect,
    proxyTls: { timeout: limits.connectTimeoutMillis },
  })
}

function recognition({ tls }: ClusterConnection) {
  return {
    // Said explicitly: NODE_TLS_REJECT_UNAUTHORIZED must not switch the check off behind the operator's back.
    rejectUnauthorized: !tls.insecureSkipVerify,
    ca: tls.ca ?? systemAuthorities(),
    ...(tls.servername === undefined ? {} : { servername: tls.servername }),
  }
}

let authorities: string[] | undefined
// As kubectl: without a CA in the kubeconfig the system's store counts, which Node alone does not look at.
const systemAuthorities = (): string[] =>
  (authorities ??= [...new Set([...getCACertificates('default'), ...getCACertificates('system')])])
