import { CLOUD_OPTIONS } from './cloud-options.ts'
import type { CommonOption } from './common-option.ts'
import { PROMETHEUS_OPTIONS } from './prometheus-options.ts'

export type { CommonOptions } from './option-values.ts'

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
    alias: 'cluster',
    value: 'NAME',
    env: 'KRR_MCP_CONTEXT',
    help: 'kubeconfig context; pinned for the whole run (default: the current one); also --cluster, as in krr',
  },
  {
    key: 'asUser',
    flag: 'as',
    value: 'USER',
    env: 'KRR_MCP_AS',
    help: 'act as this user in the cluster (impersonation)',
  },
  {
    key: 'asGroups',
    flag: 'as-group',
    value: 'GROUP',
    repeatable: true,
    env: 'KRR_MCP_AS_GROUP',
    help: 'and as a member of this group (repeatable; in the variable one per line)',
  },
  {
    key: 'engine',
    flag: 'engine',
    value: 'NAME',
    env: 'KRR_MCP_ENGINE',
    help: 'who computes the numbers: native (default), or krr, an installed one ($KRR is its command line)',
  },
  ...PROMETHEUS_OPTIONS,
  ...CLOUD_OPTIONS,
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
