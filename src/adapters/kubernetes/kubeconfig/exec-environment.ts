import type { ExecEntry } from './kubeconfig-entries.ts'

type Environment = Readonly<Record<string, string | undefined>>

// Where programs and their own settings are, who runs them, how to get out, and which profile is meant. Nothing here is a secret:
// a plugin that needs one gets it from its own files, or from the `env` of its kubeconfig entry.
const ALLOWED: readonly string[] = [
  'PATH HOME USER LOGNAME LANG LC_ALL TMPDIR TZ',
  'XDG_CONFIG_HOME XDG_CACHE_HOME XDG_DATA_HOME XDG_RUNTIME_DIR',
  'SYSTEMROOT SystemRoot USERPROFILE APPDATA LOCALAPPDATA PATHEXT TEMP TMP',
  'HTTPS_PROXY HTTP_PROXY NO_PROXY https_proxy http_proxy no_proxy SSL_CERT_FILE SSL_CERT_DIR',
  'AWS_PROFILE AWS_REGION AWS_DEFAULT_REGION AWS_CONFIG_FILE AWS_SHARED_CREDENTIALS_FILE',
  'CLOUDSDK_CONFIG CLOUDSDK_ACTIVE_CONFIG_NAME AZURE_CONFIG_DIR',
].flatMap((names) => names.split(' '))

/** All that a credential plugin sees: the allowed part of ours, what its kubeconfig entry names, and `KUBERNETES_EXEC_INFO`. */
export function execEnvironment(ours: Environment, entry: ExecEntry, execInfo: string): Record<string, string> {
  const allowed = ALLOWED.flatMap((name) => (ours[name] === undefined ? [] : [[name, ours[name]] as const]))
  const named = (entry.env ?? []).map(({ name, value }) => [name, value] as const)
  return { ...Object.fromEntries(allowed), ...Object.fromEntries(named), KUBERNETES_EXEC_INFO: execInfo }
}
