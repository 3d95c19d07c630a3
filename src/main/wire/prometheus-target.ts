import type { PrometheusAuth } from '../../adapters/prometheus/auth/prometheus-auth.ts'
import { openCredential } from '../../adapters/prometheus/auth/open-credential.ts'
import { parseHeaders } from '../../adapters/prometheus/auth/parse-headers.ts'
import type { PrometheusSettings } from '../../adapters/prometheus/prometheus-settings.ts'
import { problem } from '../../model/problem.ts'
import type { ClusterLabel } from '../../model/recommendation.ts'
import { failed, ok, type Result } from '../../model/result.ts'
import type { CommonOptions } from '../../surfaces/options/common-options.ts'
import { prometheusAuthOf } from './prometheus-auth-of.ts'
import { clusterLabelOf, methodOf, tlsOf } from './prometheus-settings-of.ts'

/** Which Prometheus the operator means, and what may be sent to it. */
export interface PrometheusTarget {
  readonly place: Place
  readonly auth: PrometheusAuth
  /** Everything of a connection but its address. `credential` and `headers` are the named URL's and nobody else's. */
  readonly settings: Omit<PrometheusSettings, 'url'>
  readonly tenant: string | undefined
  readonly clusterLabel: ClusterLabel | undefined
}
export type Place =
  | { readonly kind: 'url'; readonly url: string }
  | { readonly kind: 'service'; readonly name: string }
  | { readonly kind: 'discover' }

type Environment = Readonly<Record<string, string | undefined>>

/** Reads and checks all that the options say of Prometheus. Connects to nothing. */
export function prometheusTarget(options: CommonOptions, environment: Environment): Result<PrometheusTarget> {
  const auth = prometheusAuthOf(options, environment)
  if (!auth.ok) return auth
  const place = placeOf(options)
  if (!place.ok) return place
  const headers = parseHeaders(options.prometheusHeaders ?? [])
  if (!headers.ok) return headers
  const tenant = tenantOf(options)
  if (!tenant.ok) return tenant
  const refused = whyNotSent(auth.value, place.value, headers.value)
  if (refused) return failed(refused)
  const credential = openCredential(auth.value, { environment })
  if (!credential.ok) return credential
  const wire = wireOf(options)
  if (!wire.ok) return wire
  const clusterLabel = clusterLabelOf(options)
  if (!clusterLabel.ok) return clusterLabel
  const settings = { credential: credential.value, headers: headers.value, ...wire.value }
  return ok({ place: place.value, auth: auth.value, settings, tenant: tenant.value, clusterLabel: clusterLabel.value })
}

function wireOf(options: CommonOptions): Result<Pick<PrometheusSettings, 'tls' | 'method'>> {
  // Its own authority vouches for its own address only; a route has a certificate of another.
  const tls = tlsOf(options, options.openshift === true && options.prometheusUrl === undefined)
  if (!tls.ok) return tls
  const method = methodOf(options.prometheusMethod)
  return method.ok ? ok({ tls: tls.value, method: method.value }) : method
}

/** Judged as the header that it becomes, beside those that are given as headers: not twice, and one line. */
function tenantOf({ prometheusTenant: tenant, prometheusHeaders = [] }: CommonOptions): Result<string | undefined> {
  if (tenant === undefined) return ok(undefined)
  const headers = parseHeaders([...prometheusHeaders, `X-Scope-OrgID: ${tenant}`])
  return headers.ok ? ok(headers.value['x-scope-orgid']) : headers
}

/** OpenShift's own, by the name that every cluster of it has: so its token has one configured place to go to, too. */
const OPENSHIFT = 'https://thanos-querier.openshift-monitoring.svc:9091'

function placeOf({ prometheusUrl: url, prometheusService: name, openshift }: CommonOptions): Result<Place> {
  if (url !== undefined && name !== undefined) return failed(twoPlaces)
  if (url !== undefined) return ok({ kind: 'url', url })
  if (name !== undefined) return ok({ kind: 'service', name })
  return ok(openshift ? { kind: 'url', url: OPENSHIFT } : { kind: 'discover' })
}

/** A credential belongs to one configured origin, and travels encrypted where the vendor would be asked in its name. */
function whyNotSent(auth: PrometheusAuth, place: Place, headers: Readonly<Record<string, string>>) {
  if (auth.kind !== 'none' && Object.hasOwn(headers, 'authorization')) return twoAuthorizations
  const something = auth.kind !== 'none' || Object.keys(headers).length > 0
  // Whoever may label a service would otherwise be sent the credential; and the API server passes none on.
  if (something && place.kind !== 'url') return place.kind === 'service' ? notThroughProxy : notToAnybody
  return CLOUDS.has(auth.kind) && place.kind === 'url' && isPlainHttp(place.url) ? notInTheClear : undefined
}
const CLOUDS: ReadonlySet<PrometheusAuth['kind']> = new Set(['sigv4', 'azure', 'google'])

/** Plain HTTP that leaves this machine. */
export function isPlainHttp(text: string): boolean {
  const url = URL.canParse(text) ? new URL(text) : undefined
  return url?.protocol === 'http:' && !/^(localhost|127(\.\d{1,3}){3}|\[::1\])$/.test(url.hostname)
}

const twoPlaces = problem(
  'bad_setting',
  'Both --prometheus-url and --prometheus-service are given.',
  'Keep one of them; look at the environment (KRR_MCP_…) too.',
)
const twoAuthorizations = problem(
  'bad_setting',
  'An Authorization header is given with --prometheus-headers, and another way to log in besides.',
  'Keep one of them.',
)
const notToAnybody = problem(
  'bad_setting',
  'There is a credential or a header for Prometheus, but no address that it is for: none is sent to an address that was only discovered.',
  'Name the address with --prometheus-url, or leave the credential away.',
)
const notThroughProxy = problem(
  'bad_setting',
  'The API server passes no credential on to a service: the one given for Prometheus would not arrive.',
  'Name the address with --prometheus-url (an ingress, a route, a port-forward), or leave the credential away.',
)
const notInTheClear = problem(
  'bad_setting',
  'A cloud credential is never sent over plain HTTP.',
  'Give the https:// address of the workspace with --prometheus-url.',
)
