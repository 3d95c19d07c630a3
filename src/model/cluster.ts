/** Where facts come from; part of every id's data. Only `live` and `demo` may lead to a plan, each only on its own cluster. */
export type Source = 'live' | 'demo' | 'replay'

/**
 * What tells one cluster from another. `kubeSystemUid` alone identifies the cluster (an undo needs no more); the rest
 * says that we talk to it in the same way as when the plan was made.
 */
export interface ClusterFingerprint {
  readonly kubeSystemUid: string
  readonly apiOrigin: string
  /** SHA-256 of the CA bundle in use, or `system` where the system's store is. */
  readonly caHash: string
  readonly serverVersion: string
}

export interface Cluster {
  /** The kubeconfig context's name: shown to people, never hashed, never trusted. */
  readonly name: string
  readonly source: Source
  readonly fingerprint: ClusterFingerprint
}
