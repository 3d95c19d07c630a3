import { isFinal } from '../../model/status.ts'
import type { StepState } from '../../journal/state.ts'
import { executionSummary, type ShownExecution } from './execution-summary.ts'
import { spanText } from './span-text.ts'
import { stepText } from './step-text.ts'
import { workloadText } from './workload-text.ts'

const MOST_STEPS = 8

/** A few lines to be redrawn while an execution goes on: the summary, then the workloads on which something happens first. */
export function executionLiveLines(shown: ShownExecution, now: number): readonly string[] {
  const { steps, queuedAt } = shown.execution
  const busiest = [...steps].sort((a, b) => quiet(a) - quiet(b) || a.step - b.step)
  const more = steps.length > MOST_STEPS ? [`  … and ${steps.length - MOST_STEPS} more workloads`] : []
  return [
    `${executionSummary(shown, now)}, ${spanText(now - queuedAt.wall)} since the start`,
    ...busiest.slice(0, MOST_STEPS).map((step) => stepLine(step, shown)),
    ...more,
  ]
}

/** 0 where something is going on, 1 where something is still to come or has come to its end. */
const quiet = ({ write, tiers }: StepState): number =>
  write === 'none' || tiers.some(({ tier }) => tier === 'stability') ? 1 : 0

function stepLine(step: StepState, { plan, execution }: ShownExecution): string {
  const target = plan.steps.find((each) => each.step === step.step)?.target
  const tiers = step.tiers.map(({ tier, passed, tookMs }) => `${tier} ${passed ? spanText(tookMs) : 'FAILED'}`)
  const name = target === undefined ? '' : workloadText(target)
  return `  ${step.step}  ${name}: ${[stepText(step, isFinal(execution.status)), ...tiers].join(', ')}`
}
