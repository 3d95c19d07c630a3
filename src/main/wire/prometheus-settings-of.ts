import { readFileSync } from 'node:fs'
import type { PrometheusTls } from '../../adapters/prometheus/prometheus-settings.ts'
import { plainText } from '../../model/plain-text.ts'
import { problem } from '../../model/problem.ts'
import type { ClusterLabel } from '../../model/recommendation.ts'
import { failed, ok, type Result } from '../../model/result.ts'
import type { CommonOptions } from '../../surfaces/options/common-options.ts'

const OPENSHIFT_CA = '/var/run/secrets/kubernetes.io/serviceaccount/service-ca.crt'

/** How the server's certificate is checked; not at all only where that was said in so many words. */
export function tlsOf(options: CommonOptions, openshift: boolean): Result<PrometheusTls> {
  const { prometheusCaFile: file, prometheusInsecureSkipVerify: skip, prometheusSslEnabled: enabled } = options
  // Whoever reads the settings would believe that the certificate is checked.
  if (skip && (enabled || file !== undefined)) return failed(contradiction)
  if (skip) return ok({ insecureSkipVerify: true })
  if (file === undefined) return ok(openshift ? (certificates(OPENSHIFT_CA) ?? {}) : {})
  const ca = certificates(file)
  return ca ? ok(ca) : failed(noCertificates(file))
}

function certificates(file: string): PrometheusTls | undefined {
  try {
    const ca = readFileSync(file, 'utf8')
    return ca.includes('-----BEGIN CERTIFICATE-----') ? { ca } : undefined
  } catch {
    return undefined
  }
}

export function methodOf(text: string | undefined): Result<'GET' | 'POST'> {
  const method = text?.toUpperCase() ?? 'POST'
  return method === 'GET' || method === 'POST' ? ok(method) : failed(noMethod)
}

/** Both halves or none: krr makes the matcher `None="…"` of one, and finds nothing. */
export function clusterLabelOf(options: CommonOptions): Result<ClusterLabel | undefined> {
  const { prometheusLabel: name, prometheusClusterLabel: value } = options
  if (name === undefined && value === undefined) return ok(undefined)
  if (name === undefined || value === undefined || value === '') return failed(halfLabel)
  return /^[a-zA-Z_][a-zA-Z0-9_]*$/.test(name) ? ok({ name, value }) : failed(noLabel(name))
}

const contradiction = problem(
  'bad_setting',
  '--prometheus-insecure-skip-verify contradicts --prometheus-ssl-enabled and --prometheus-ca-file.',
  'Leave it away to have the certificate verified.',
)
const noCertificates = (file: string) =>
  problem(
    'bad_setting',
    `${plainText(file)} cannot be read, or holds no PEM certificate.`,
    'Name the certificate authority of Prometheus with --prometheus-ca-file.',
  )
const noMethod = problem('bad_setting', 'Queries go by POST or GET.', 'Give --prometheus-method POST or GET.')
const halfLabel = problem(
  'bad_setting',
  'To choose a cluster, a label and its value are needed.',
  'Give both, for example --prometheus-label cluster -l eu-1.',
)
const noLabel = (name: string) =>
  problem(
    'bad_setting',
    `"${plainText(name, 60)}" is no name of a label.`,
    'A label has letters, digits and underscores: --prometheus-label cluster.',
  )
