import { shellWord } from '../../../model/shell-word.ts'
import type { Engine } from './engines.ts'
import type { ServicePort } from './service-port.ts'

/** A service or an ingress host that may be a Prometheus, by its labels. */
export type Candidate = ServiceCandidate | IngressCandidate

interface Found {
  /** Undefined: the operator named it, and its labels say nothing. */
  readonly engine: Engine | undefined
  readonly namespace: string
  readonly name: string
  /** What comes before `/api/v1`. */
  readonly prefix: string
}
export interface ServiceCandidate extends Found, ServicePort {
  readonly kind: 'service'
}
export interface IngressCandidate extends Found {
  readonly kind: 'ingress'
  /** `https://prometheus.example`; https where the ingress has TLS for the host. */
  readonly origin: string
}

/** `service monitoring/prometheus:9090`, `ingress monitoring/prometheus (https://prometheus.example)`. */
export const candidateName = (candidate: Candidate): string =>
  candidate.kind === 'service'
    ? `service ${candidate.namespace}/${candidate.name}:${candidate.port}`
    : `ingress ${candidate.namespace}/${candidate.name} (${candidate.origin})`

/** Where a pod of the cluster (or, for an ingress, anybody) reaches it. */
export const candidateUrl = (candidate: Candidate): string =>
  candidate.kind === 'service'
    ? `${candidate.scheme}://${candidate.name}.${candidate.namespace}.svc:${candidate.port}${candidate.prefix}`
    : `${candidate.origin}${candidate.prefix}`

/** The setting that names this one and no other, ready to paste. */
export function candidateSetting(candidate: Candidate, inCluster: boolean): string {
  if (candidate.kind === 'service' && !inCluster)
    return `--prometheus-service ${shellWord(`${candidate.namespace}/${candidate.name}:${candidate.port}`)}`
  const tenant = candidate.engine?.tenant
  const more = tenant === undefined ? '' : ` --prometheus-tenant ${tenant}`
  return `--prometheus-url ${shellWord(candidateUrl(candidate))}${more}`
}
