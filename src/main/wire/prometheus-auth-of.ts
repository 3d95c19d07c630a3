import { existsSync } from 'node:fs'
import type { AwsAuth, PrometheusAuth } from '../../adapters/prometheus/auth/prometheus-auth.ts'
import { problem } from '../../model/problem.ts'
import { failed, ok, type Result } from '../../model/result.ts'
import type { CommonOptions } from '../../surfaces/options/common-options.ts'

type Environment = Readonly<Record<string, string | undefined>>
type Way = readonly [flag: string, auth: PrometheusAuth | undefined]

/** The one way to log in that the options choose. Two are an error: which of them would be sent? */
export function prometheusAuthOf(options: CommonOptions, environment: Environment): Result<PrometheusAuth> {
  const halfBasic = (options.prometheusUser === undefined) !== (options.prometheusPasswordFile === undefined)
  if (halfBasic) return failed(needsBoth)
  if (!options.eksManagedProm && aws(options) !== undefined) return failed(needsEks)
  const chosen = ways(options).filter(([, auth]) => auth !== undefined)
  if (chosen.length > 1) return failed(severalWays(chosen.map(([flag]) => flag)))
  const auth = chosen[0]?.[1]
  if (auth) return ok(auth)
  return options.openshift ? openshift(environment) : ok({ kind: 'none' })
}

function ways(options: CommonOptions): readonly Way[] {
  const { prometheusAuthHeader: header, prometheusAuthFile: file, coralogixToken: token } = options
  const { prometheusUser: user, prometheusPasswordFile: passwordFile } = options
  return [
    ['--prometheus-auth-header', header === undefined ? undefined : { kind: 'header', value: header }],
    ['--prometheus-auth-file', file === undefined ? undefined : { kind: 'file', path: file }],
    ['--prometheus-user', user === undefined ? undefined : { kind: 'basic', user, passwordFile: passwordFile ?? '' }],
    ['--eks-managed-prom', options.eksManagedProm && { kind: 'sigv4', ...awsAuth(options) }],
    ['--azure-managed-prom', options.azureManagedProm && { kind: 'azure' }],
    ['--gcp-managed-prom', options.gcpManagedProm && { kind: 'google' }],
    ['--coralogix-token', token === undefined ? undefined : { kind: 'header', value: `Bearer ${token}` }],
  ]
}

/** What was said of AWS besides the switch. `AWS_ASSUME_ROLE` may be in an environment for other reasons. */
const aws = (options: CommonOptions): string | undefined =>
  options.eksManagedPromRegion ??
  options.eksServiceName ??
  options.eksProfileName ??
  options.eksAccessKey ??
  options.eksSecretKey

function awsAuth(options: CommonOptions): AwsAuth {
  const { eksManagedPromRegion, eksServiceName, eksProfileName, eksAccessKey, eksSecretKey, eksAssumeRole } = options
  const given = {
    region: eksManagedPromRegion,
    service: eksServiceName,
    profile: eksProfileName,
    accessKey: eksAccessKey,
    secretKey: eksSecretKey,
    assumeRole: eksAssumeRole,
  }
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as AwsAuth
}

const SERVICE_ACCOUNT_TOKEN = '/var/run/secrets/kubernetes.io/serviceaccount/token'

/** The token of the pod's own service account; `SA_TOKEN_PATH` is krr's variable for it. */
function openshift(environment: Environment): Result<PrometheusAuth> {
  const path = environment['SA_TOKEN_PATH'] || SERVICE_ACCOUNT_TOKEN
  return existsSync(path) ? ok({ kind: 'file', path }) : failed(notInPod)
}

const severalWays = (flags: readonly string[]) =>
  problem(
    'bad_setting',
    `There are several ways to log in to Prometheus: ${flags.join(', ')}.`,
    'Keep one of them; look at the environment (KRR_MCP_…) too.',
  )
const needsBoth = problem(
  'bad_setting',
  'Basic authentication needs a user and a password.',
  'Give both --prometheus-user and --prometheus-password-file.',
)
const needsEks = problem(
  'bad_setting',
  'An --eks option is given, but not --eks-managed-prom.',
  'Add --eks-managed-prom to sign requests, or leave the other away.',
)
const notInPod = problem(
  'bad_setting',
  '--openshift takes the token of the pod that it runs in, and there is none here.',
  'Outside the cluster give a token with --prometheus-auth-file (for example of `oc whoami -t`) and the route with --prometheus-url.',
)
