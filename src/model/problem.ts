/** Every reason for which a call cannot be carried out or is refused. Stable: clients and tests rely on the words. */
export type ProblemReason =
  // configuration
  | 'no_kubeconfig'
  | 'no_such_context'
  | 'kubeconfig_field_unsupported'
  | 'credential_failed'
  | 'bad_setting'
  | 'state_dir_unsafe'
  // cluster
  | 'api_unreachable'
  | 'api_unauthorized'
  | 'api_forbidden'
  | 'api_not_found'
  | 'api_conflict'
  | 'api_invalid'
  | 'api_rate_limited'
  | 'api_error'
  | 'api_malformed'
  | 'other_cluster'
  | 'request_refused_here'
  // metrics
  | 'prometheus_not_found'
  | 'prometheus_ambiguous'
  | 'prometheus_cluster_unknown'
  | 'prometheus_unreachable'
  | 'prometheus_refused'
  | 'prometheus_partial'
  | 'several_clusters'
  | 'other_prometheus'
  | 'prometheus_malformed'
  | 'prometheus_empty'
  | 'cancelled'
  // an installed krr
  | 'krr_missing'
  | 'krr_too_old'
  | 'krr_bad_context'
  | 'krr_prometheus_unreachable'
  | 'krr_failed'
  | 'krr_malformed'
  | 'krr_timeout'
  // recordings
  | 'recording_exists'
  | 'recording_unwritable'
  | 'recording_unreadable'
  | 'recording_malformed'
  | 'recording_version'
  | 'recording_too_large'
  | 'not_in_recording'
  // what was asked
  | 'unknown_id'
  | 'ambiguous_id'
  | 'nothing_chosen'
  | 'row_not_in_scan'
  | 'nothing_to_change'
  | 'kind_not_supported'
  | 'scan_not_plannable'
  // policy and decisions
  | 'policy_not_adopted'
  | 'policy_invalid'
  | 'level_not_available'
  | 'no_terminal'
  | 'plan_not_open'
  | 'plan_blocked'
  | 'plan_expired'
  | 'plan_stale'
  | 'plan_refused'
  | 'plan_applied'
  | 'not_approved'
  | 'answer_wrong'
  | 'token_unknown'
  | 'token_expired'
  | 'token_used'
  | 'workload_busy'
  | 'not_undoable'
  // journal
  | 'journal_broken'
  | 'journal_unwritable'
  | 'illegal_transition'
  | 'lease_lost'

/**
 * A refusal or a failure, for a person: what is wrong in one sentence, and what to do next in another.
 * `message` and `next` are written by us; text from a server is length-capped and stripped before it enters.
 */
export interface Problem {
  readonly reason: ProblemReason
  readonly message: string
  readonly next: string
}

export const problem = (reason: ProblemReason, message: string, next: string): Problem => ({ reason, message, next })
