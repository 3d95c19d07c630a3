/** The only status words, the same in tools, commands, pages and code. */
export type CallStatus = 'running' | 'done'
export type PlanStatus =
  | 'proposed'
  | 'blocked'
  | 'waiting_for_human'
  | 'approved'
  | 'applied'
  | 'refused'
  | 'expired'
  | 'stale'
export type ExecutionStatus =
  | 'queued'
  | 'applying'
  | 'soaking'
  | 'holding'
  | 'succeeded'
  | 'unverified'
  | 'rolling_back'
  | 'rolled_back'
  | 'partly_applied'
  | 'needs_human'
export type Status = CallStatus | PlanStatus | ExecutionStatus

const FINAL: readonly ExecutionStatus[] = [
  'holding',
  'succeeded',
  'unverified',
  'rolled_back',
  'partly_applied',
  'needs_human',
]
/** Nothing more will happen by itself. */
export const isFinal = (status: ExecutionStatus): boolean => FINAL.includes(status)
