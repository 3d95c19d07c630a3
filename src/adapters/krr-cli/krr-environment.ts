import { delimiter, resolve } from 'node:path'

export type Environment = Readonly<Record<string, string | undefined>>
export interface KrrSurroundings {
  readonly ours: Environment
  /** A kubeconfig or a context was named. */
  readonly chosen: boolean
  /** Where krr finds the password of the gateway. */
  readonly netrc: string
}

// Where programs, certificates and settings are, who runs them, and the way out. The proxies' addresses may hold a
// password; without them krr would not reach the cluster.
const ALLOWED: readonly string[] = [
  'PATH HOME USER LOGNAME LANG LC_ALL TMPDIR',
  'XDG_CONFIG_HOME XDG_CACHE_HOME XDG_DATA_HOME XDG_RUNTIME_DIR',
  'SYSTEMROOT SystemRoot USERPROFILE APPDATA LOCALAPPDATA PATHEXT TEMP TMP',
  'HTTPS_PROXY HTTP_PROXY https_proxy http_proxy SSL_CERT_FILE SSL_CERT_DIR',
  // krr runs the credential plugins of the kubeconfig itself. `aws eks get-token` needs to know profile, region and files;
  // a pod with a role has two more, the name of the role and of a file.
  'AWS_PROFILE AWS_REGION AWS_DEFAULT_REGION AWS_CONFIG_FILE AWS_SHARED_CREDENTIALS_FILE AWS_ROLE_ARN',
  'AWS_WEB_IDENTITY_TOKEN_FILE AWS_STS_REGIONAL_ENDPOINTS',
  // gke-gcloud-auth-plugin and kubelogin, in the same way.
  'CLOUDSDK_CONFIG CLOUDSDK_ACTIVE_CONFIG_NAME AZURE_CONFIG_DIR',
  // krr's own names for relabelled metrics; no secret in them.
  'KRR_OWNER_BATCH_SIZE KRR_RELATED_POD_LABEL',
].flatMap((names) => names.split(' '))

// Without them Python takes the machine's zone into krr's range queries, hashes differ from run to run, and logs are
// coloured, or wrapped in the middle of what is looked for.
const FIXED: Readonly<Record<string, string>> = {
  TZ: 'UTC',
  PYTHONHASHSEED: '0',
  PYTHONUTF8: '1',
  NO_COLOR: '1',
  COLUMNS: '400',
}

/** All that krr sees. Secrets of other programs stay here: a plugin that needs one has `env` in its kubeconfig entry. */
export function krrEnvironment({ ours, chosen, netrc }: KrrSurroundings): Record<string, string> {
  const allowed = ALLOWED.flatMap((name) => (ours[name] === undefined ? [] : [[name, ours[name]] as const]))
  // The gateway is on this machine: its address and password must not be sent to a proxy.
  const direct = [ours['NO_PROXY'] ?? ours['no_proxy'], '127.0.0.1', 'localhost'].filter(Boolean).join(',')
  return {
    ...Object.fromEntries(allowed),
    ...kubeconfigs(ours),
    ...(chosen ? {} : clusterAround(ours)),
    ...FIXED,
    NO_PROXY: direct,
    no_proxy: direct,
    NETRC: netrc,
  }
}

/** krr runs in a folder of its own, so that relative paths must not stay relative. */
function kubeconfigs({ KUBECONFIG }: Environment): Record<string, string> {
  const paths = (KUBECONFIG ?? '').split(delimiter).filter((path) => path !== '')
  return paths.length === 0 ? {} : { KUBECONFIG: paths.map((path) => resolve(path)).join(delimiter) }
}

/**
 * Only where nothing was chosen: krr falls back to the cluster it runs in when it finds no kubeconfig or no such context,
 * and that would be another cluster than the one that was asked for.
 */
function clusterAround({
  KUBERNETES_SERVICE_HOST: host,
  KUBERNETES_SERVICE_PORT: port,
}: Environment): Record<string, string> {
  return host && port ? { KUBERNETES_SERVICE_HOST: host, KUBERNETES_SERVICE_PORT: port } : {}
}
