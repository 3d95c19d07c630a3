import { isFinal, type ExecutionStatus } from '../../model/status.ts'
import type { Plan } from '../../model/plan.ts'
import type { ExecutionState } from '../../journal/state.ts'
import { spanText } from './span-text.ts'
import { stepText } from './step-text.ts'

export interface ShownExecution {
  readonly execution: ExecutionState
  readonly plan: Plan
  readonly clusterName: string
}

/** What each status means for whoever waits. Until the last tier has passed nothing sounds like success. */
const MEANINGS: Readonly<Record<ExecutionStatus, string>> = {
  queued: 'waiting for its worker',
  applying: 'writing; what is written is not yet verified',
  soaking: 'changed, not yet verified',
  holding: 'nothing more is written; a person decides what comes next',
  succeeded: 'changed; short soak passed',
  unverified: 'written, but nothing has run with it yet',
  rolling_back: 'being undone',
  rolled_back: 'undone; the old values are back',
  partly_applied: 'a part of it stays changed',
  needs_human: 'a person must look',
}
export const executionMeaning = (status: ExecutionStatus): string => MEANINGS[status]

/** One line: the status, what it means, how many workloads are how far, what is waited for. */
export function executionSummary({ execution }: Pick<ShownExecution, 'execution'>, now: number): string {
  const { id, status, steps, soakUntil, stopRequested } = execution
  const over = isFinal(status)
  const words = Map.groupBy(steps, (step) => stepText(step, over))
  const counts = [...words].map(([word, some]) => `${some.length} ${word}`).join('; ')
  const soak = status === 'soaking' && soakUntil !== null ? `, ${spanText(soakUntil - now)} of soak left` : ''
  const stop = stopRequested && !over ? ', stop requested' : ''
  return `${id} ${status}: ${MEANINGS[status]}${soak}${stop} (${counts})`
}
