import type { Result } from '../../../model/result.ts'

export interface ConnectionTls {
  /** PEM; absent = the system's store. */
  readonly ca?: string
  readonly servername?: string
  /** Reading is allowed, writing never. */
  readonly insecureSkipVerify: boolean
}
export interface ClientCertificate {
  /** PEM. */
  readonly cert: string
  readonly key: string
}
export interface Impersonation {
  readonly user: string
  readonly uid?: string
  readonly groups: readonly string[]
  readonly extra?: Readonly<Record<string, readonly string[]>>
}

/** Where a credential comes from; asked before each request, because tokens and certificates expire. */
export interface CredentialSource {
  /** The Authorization header's value; undefined when the user has none (a certificate alone, or nobody at all). */
  readonly authorization: () => Promise<Result<string | undefined>>
  readonly clientCertificate: () => Promise<Result<ClientCertificate | undefined>>
  /** The server answered 401: forgets what is cached. True when asking again can give something new. */
  readonly refused: () => boolean
}

/** One pinned context of a kubeconfig (or the pod's own service account), resolved: all that is needed to talk to its API server. */
export interface ClusterConnection extends CredentialSource {
  readonly context: string
  /** The file that the operator named, if one was: a command to paste must name it too. */
  readonly kubeconfig?: string
  /** `https://host:port`, without a path. */
  readonly origin: string
  /** `''`, or what comes before `/api` (`/k8s/clusters/c-1`), without a slash at its end. */
  readonly basePath: string
  readonly tls: ConnectionTls
  readonly proxyUrl?: string
  readonly impersonation?: Impersonation
}
