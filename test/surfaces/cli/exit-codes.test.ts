import { describe, expect, it } from 'vitest'
import type { ExecutionState } from '../../../src/journal/state.ts'
import type { ProblemReason } from '../../../src/model/problem.ts'
import type { ExecutionStatus } from '../../../src/model/status.ts'
import { EXIT_CODES } from '../../../src/surfaces/cli/exit-codes.ts'
import { exitOfExecution } from '../../../src/surfaces/cli/exit-of-execution.ts'
import { exitOfProblem } from '../../../src/surfaces/cli/exit-of-problem.ts'

// Written down a second time on purpose: scripts rely on these numbers, and the types demand a line for every new word.
const OF_EXECUTIONS: Readonly<Record<ExecutionStatus, number>> = {
  succeeded: 0,
  unverified: 0,
  partly_applied: 1,
  rolled_back: 5,
  holding: 6,
  needs_human: 6,
  queued: 130,
  applying: 130,
  soaking: 130,
  rolling_back: 130,
}

const OF_PROBLEMS: Readonly<Record<ProblemReason, number>> = {
  no_kubeconfig: 1,
  no_such_context: 1,
  kubeconfig_field_unsupported: 1,
  credential_failed: 1,
  bad_setting: 2,
  state_dir_unsafe: 1,
  api_unreachable: 1,
  api_unauthorized: 1,
  api_forbidden: 1,
  api_not_found: 1,
  api_conflict: 1,
  api_invalid: 1,
  api_rate_limited: 1,
  api_error: 1,
  api_malformed: 1,
  other_cluster: 3,
  request_refused_here: 1,
  prometheus_not_found: 1,
  prometheus_ambiguous: 2,
  prometheus_cluster_unknown: 2,
  prometheus_unreachable: 1,
  prometheus_refused: 1,
  prometheus_partial: 1,
  prometheus_malformed: 1,
  prometheus_empty: 1,
  cancelled: 130,
  several_clusters: 1,
  other_prometheus: 1,
  krr_missing: 2,
  krr_too_old: 1,
  krr_bad_context: 1,
  krr_prometheus_unreachable: 1,
  krr_failed: 1,
  krr_malformed: 1,
  krr_timeout: 1,
  recording_exists: 2,
  recording_unwritable: 1,
  recording_unreadable: 1,
  recording_malformed: 1,
  recording_version: 1,
  recording_too_large: 1,
  not_in_recording: 1,
  unknown_id: 1,
  ambiguous_id: 2,
  nothing_chosen: 2,
  row_not_in_scan: 1,
  nothing_to_change: 1,
  kind_not_supported: 1,
  scan_not_plannable: 3,
  policy_not_adopted: 3,
  policy_invalid: 1,
  level_not_available: 3,
  no_terminal: 4,
  plan_not_open: 4,
  plan_blocked: 3,
  plan_expired: 4,
  plan_stale: 3,
  plan_refused: 4,
  plan_applied: 1,
  not_approved: 4,
  answer_wrong: 4,
  token_unknown: 1,
  token_expired: 1,
  token_used: 1,
  workload_busy: 3,
  not_undoable: 1,
  journal_broken: 1,
  journal_unwritable: 1,
  illegal_transition: 1,
  lease_lost: 1,
}

describe('the exit code', () => {
  it('has the documented numbers', () => {
    const numbers = Object.fromEntries(Object.entries(EXIT_CODES).map(([outcome, { code }]) => [outcome, code]))
    expect(numbers).toEqual({
      done: 0,
      error: 1,
      usage: 2,
      blocked: 3,
      notApproved: 4,
      rolledBack: 5,
      needsHuman: 6,
      interrupted: 130,
    })
  })

  it.each(Object.entries(OF_EXECUTIONS) as [ExecutionStatus, number][])(
    'of an execution that is %s is %i',
    (status, code) => {
      expect(exitOfExecution({ status, steps: [] })).toBe(code)
    },
  )

  it('of an execution that was partly undone says so', () => {
    const steps = [{ undo: 'taken' }] as unknown as ExecutionState['steps']
    expect(exitOfExecution({ status: 'partly_applied', steps })).toBe(5)
  })

  it.each(Object.entries(OF_PROBLEMS) as [ProblemReason, number][])('of %s is %i', (reason, code) => {
    expect(exitOfProblem({ reason })).toBe(code)
  })

  it('is never that of success when something is wrong', () => {
    expect(Object.values(OF_PROBLEMS)).not.toContain(0)
  })
})
