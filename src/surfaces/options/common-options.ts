/** One option that every entry of the program understands; help, docs, environment and parsing all come from here. */
export interface CommonOption {
  readonly key: keyof CommonOptions
  readonly flag: string
  readonly short?: string
  /** Absent for a switch. */
  readonly value?: string
  readonly env?: string
  readonly help: string
}

/** What the operator, and only the operator, decides: which cluster, which metrics, which policy, which journal. */
export interface CommonOptions {
  readonly stateDir?: string
  readonly policy?: string
  readonly kubeconfig?: string
  readonly context?: string
  readonly prometheusUrl?: string
  readonly soakSeconds?: string
  readonly rolloutDeadlineSeconds?: string
  readonly executionDeadlineSeconds?: string
  readonly tokenSeconds?: string
}

export const COMMON_OPTIONS: readonly CommonOption[] = [
  {
    key: 'kubeconfig',
    flag: 'kubeconfig',
    short: 'k',
    value: 'FILE',
    help: 'kubeconfig file (default: $KUBECONFIG, else ~/.kube/config)',
  },
  {
    key: 'context',
    flag: 'context',
    short: 'c',
    value: 'NAME',
    env: 'KRR_MCP_CONTEXT',
    help: 'kubeconfig context; pinned for the whole run (default: the current one)',
  },
  {
    key: 'prometheusUrl',
    flag: 'prometheus-url',
    short: 'p',
    value: 'URL',
    env: 'KRR_MCP_PROMETHEUS_URL',
    help: 'Prometheus to read usage from',
  },
  {
    key: 'stateDir',
    flag: 'state-dir',
    value: 'DIR',
    env: 'KRR_MCP_STATE_DIR',
    help: 'where the journal is kept (default: $XDG_STATE_HOME/krr-mcp, else ~/.local/state/krr-mcp)',
  },
  {
    key: 'policy',
    flag: 'policy',
    value: 'FILE',
    env: 'KRR_MCP_POLICY',
    help: 'policy file, an absolute path; without one every change needs a terminal',
  },
  {
    key: 'soakSeconds',
    flag: 'soak',
    value: 'SECONDS',
    env: 'KRR_MCP_SOAK',
    help: 'how long new pods must run well before a change counts as verified (default: 300)',
  },
  {
    key: 'rolloutDeadlineSeconds',
    flag: 'rollout-deadline',
    value: 'SECONDS',
    env: 'KRR_MCP_ROLLOUT_DEADLINE',
    help: 'how long a rollout may take before it counts as failed (default: 600)',
  },
  {
    key: 'executionDeadlineSeconds',
    flag: 'execution-deadline',
    value: 'SECONDS',
    env: 'KRR_MCP_EXECUTION_DEADLINE',
    help: 'after this nothing is written forward any more (default: 3600)',
  },
  {
    key: 'tokenSeconds',
    flag: 'token-lifetime',
    value: 'SECONDS',
    env: 'KRR_MCP_TOKEN_LIFETIME',
    help: 'how long a confirmation token can be used, at most 300 (default: 300)',
  },
]
