import type { Problem, ProblemReason } from '../../model/problem.ts'
import { exitCode, type Outcome } from './exit-codes.ts'

/** Every reason that is not simply an error. */
const OUTCOMES: Readonly<Partial<Record<ProblemReason, Outcome>>> = {
  bad_setting: 'usage',
  recording_exists: 'usage',
  krr_missing: 'usage',
  cancelled: 'interrupted',
  nothing_chosen: 'usage',
  ambiguous_id: 'usage',
  prometheus_ambiguous: 'usage',
  prometheus_cluster_unknown: 'usage',
  other_cluster: 'blocked',
  scan_not_plannable: 'blocked',
  policy_not_adopted: 'blocked',
  level_not_available: 'blocked',
  plan_blocked: 'blocked',
  plan_stale: 'blocked',
  workload_busy: 'blocked',
  no_terminal: 'notApproved',
  not_approved: 'notApproved',
  answer_wrong: 'notApproved',
  plan_refused: 'notApproved',
  plan_expired: 'notApproved',
  plan_not_open: 'notApproved',
}

export const exitOfProblem = ({ reason }: Pick<Problem, 'reason'>): number => exitCode(OUTCOMES[reason] ?? 'error')
