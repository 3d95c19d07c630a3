import { isFinal } from '../../model/status.ts'
import { isoTime } from '../../model/time.ts'
import type { StepState } from '../../journal/state.ts'
import { ageText } from './age-text.ts'
import { executionMeaning, type ShownExecution } from './execution-summary.ts'
import { plainText } from '../../model/plain-text.ts'
import type { TextOptions } from './plan-text.ts'
import { spanText } from './span-text.ts'
import { statusText } from './status-text.ts'
import { stepDetailLines, stepText } from './step-text.ts'
import { workloadText } from './workload-text.ts'

/** An execution for a person: how it stands, and for each workload what was written, verified or undone, and how long it took. */
export function executionText(shown: ShownExecution, { now, colour = false }: TextOptions): string {
  const { execution, clusterName } = shown
  const { id, status, plan, queuedAt, changedAt, why } = execution
  const over = isFinal(status)
  return [
    `Execution ${id}: ${statusText(status, colour)}, ${executionMeaning(status)}`,
    `Plan ${plan} on cluster ${plainText(clusterName, 80)}. Queued ${isoTime(queuedAt.wall)}, ${ageText(now - queuedAt.wall)} ago; ` +
      (over
        ? `it took ${spanText(changedAt.wall - queuedAt.wall)}.`
        : `last news ${ageText(now - changedAt.wall)} ago.`),
    ...waitingLines(shown, now),
    '',
    ...execution.steps.flatMap((step) => stepLines(step, shown)),
    ...(why === null ? [] : ['', `Why: ${plainText(why, 4000)}`]),
  ].join('\n')
}

function waitingLines({ execution }: ShownExecution, now: number): readonly string[] {
  if (isFinal(execution.status)) return []
  const { soakUntil, stopRequested, status } = execution
  return [
    ...(status === 'soaking' && soakUntil !== null ? [`Soak: ${spanText(soakUntil - now)} left.`] : []),
    ...(stopRequested ? ['A stop was requested: nothing more is written forward.'] : []),
  ]
}

function stepLines(step: StepState, { execution, plan }: ShownExecution): readonly string[] {
  const target = plan.steps.find((each) => each.step === step.step)?.target
  const name = target === undefined ? '' : ` ${workloadText(target)}`
  return [`${step.step} ${name}: ${stepText(step, isFinal(execution.status))}`, ...stepDetailLines(step)]
}
