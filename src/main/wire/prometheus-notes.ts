import { candidateName, candidateUrl, type Candidate } from '../../adapters/prometheus/discovery/candidate.ts'
import { plainText } from '../../model/plain-text.ts'
import { isPlainHttp, type PrometheusTarget } from './prometheus-target.ts'

/** What people should know about a connection to the URL that was named. */
export function urlNotes(url: string, { auth, settings }: PrometheusTarget): readonly string[] {
  const secrets = auth.kind !== 'none' || Object.keys(settings.headers ?? {}).length > 0
  return [
    ...wireNotes(url, settings.tls?.insecureSkipVerify === true, secrets),
    ...(auth.kind === 'sigv4' ? ['Amazon Managed Service for Prometheus: every request is signed (SigV4).'] : []),
  ]
}

/** … to what was found. */
export function foundNotes(
  candidate: Candidate,
  passedOver: readonly string[],
  { inCluster, target }: { readonly inCluster: boolean; readonly target: PrometheusTarget },
): readonly string[] {
  const proxied = candidate.kind === 'service' && !inCluster
  const how = proxied ? ', through the API server' : ''
  const found = `Found in the cluster: ${candidate.engine?.name ?? 'Prometheus'}, ${plainText(candidateName(candidate), 200)}${how}.`
  const silent = passedOver.map((name) => `Passed over, because it did not answer: ${plainText(name, 200)}.`)
  const insecure = target.settings.tls?.insecureSkipVerify === true
  return [
    found,
    ...silent,
    ...(proxied ? serviceNotes(candidate) : wireNotes(candidateUrl(candidate), insecure, false)),
  ]
}

/** … to a service through the API server: the last stretch is the API server's. */
export const serviceNotes = (candidate: Candidate): readonly string[] =>
  candidate.kind === 'service' && candidate.scheme === 'https'
    ? ['The API server does not verify the certificate of a service that it passes questions on to.']
    : []

function wireNotes(url: string, insecure: boolean, secrets: boolean): readonly string[] {
  const { origin } = new URL(url)
  if (isPlainHttp(url)) {
    const what = secrets ? 'read the login and change the numbers' : 'change the numbers'
    return [`Prometheus is asked over plain HTTP (${origin}): whoever stands in between can ${what}.`]
  }
  return insecure && url.startsWith('https')
    ? [`The certificate of Prometheus (${origin}) is not verified: whoever stands in between can change the numbers.`]
    : []
}
