import type { ExecutionState, StepState } from '../../journal/state.ts'
import { isFinal } from '../../model/status.ts'
import { isoTime } from '../../model/time.ts'
import { executionMeaning, type ShownExecution } from './execution-summary.ts'
import { forPerson, forTool, type Envelope, type Next } from './envelope.ts'
import { plainText } from '../../model/plain-text.ts'
import { stepText } from './step-text.ts'

/** The old values run again, as far as anybody has looked. */
const isUndone = ({ undo, undoSettled }: StepState): boolean => undo === 'taken' && undoSettled?.complete !== false

/** Whether the cluster is changed now by this execution, as far as the journal knows. */
export function changedCluster({ steps }: Pick<ExecutionState, 'steps'>): Envelope['changed_cluster'] {
  if (steps.some((step) => step.write === 'intended' || step.undo === 'intended')) return 'unknown'
  const changed = steps.filter((step) => step.write === 'taken' && !isUndone(step)).length
  if (changed === 0) return 'no'
  return changed === steps.length ? 'yes' : 'partly'
}

const stepData = (step: StepState, { execution, plan }: ShownExecution): Readonly<Record<string, unknown>> => {
  const target = plan.steps.find((each) => each.step === step.step)?.target
  return {
    step: step.step,
    workload: target
      ? `${plainText(target.namespace, 63)} ${target.kind.toLowerCase()}/${plainText(target.name, 253)}`
      : null,
    state: stepText(step, isFinal(execution.status)),
    tiers: step.tiers.map(({ tier, passed, message, cause, tookMs }) => ({
      tier,
      passed,
      message: plainText(message, 300),
      ...(cause === null ? {} : { cause }),
      seconds: Math.round(tookMs / 100) / 10,
    })),
  }
}

function nextOf({ id, status }: ExecutionState, command: string): readonly Next[] {
  if (!isFinal(status)) return [forTool('get_execution', { execution_id: id, wait_seconds: 30 })]
  if (status === 'rolled_back') return [forTool('scan_recommendations')]
  return [forTool('rollback_changes', { execution_id: id }), forPerson(`${command} rollback ${id}`)]
}

/** No news: short, and when to look again. */
export function unchangedEnvelope(shown: ShownExecution, command: string): Envelope {
  const whole = executionEnvelope(shown, command)
  const data = { execution_id: shown.execution.id, unchanged: true, ask_again_after_seconds: 10 }
  return { ...whole, headline: `No news. ${whole.headline}`, data }
}

/** An execution for a model: how it stands, step by step, and what can be done. */
export function executionEnvelope(shown: ShownExecution, command: string): Envelope {
  const { execution, clusterName } = shown
  const { id, status, plan, queuedAt, soakUntil, stopRequested, why } = execution
  return {
    status,
    headline: `Execution ${id}: ${executionMeaning(status)}.`,
    cluster: { name: plainText(clusterName, 80), source: shown.plan.cluster.source },
    changed_cluster: changedCluster(execution),
    next: nextOf(execution, command),
    data: {
      execution_id: id,
      plan_id: plan,
      queued_at: isoTime(queuedAt.wall),
      ...(status === 'soaking' && soakUntil !== null ? { soak_until: isoTime(soakUntil) } : {}),
      ...(stopRequested ? { stop_requested: true } : {}),
      steps: execution.steps.map((step) => stepData(step, shown)),
      ...(why === null ? {} : { reason: plainText(why, 2000) }),
    },
  }
}
